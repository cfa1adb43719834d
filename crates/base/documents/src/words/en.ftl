# The words that documents carry by themselves, beside the text given by their author.
document-page = Page
document-page-of = of
document-code = Code
document-place = Place
document-period = Period
document-made-on = Made on
document-table = Table
document-figure = Figure
document-empty-table = No row to show.
document-figure-in-pdf = The drawing is in the PDF version of this document.
document-signature-date = Done on
document-about = About
document-title = Title
document-source = Source
