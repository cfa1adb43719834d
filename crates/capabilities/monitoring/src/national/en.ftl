## Packs of national data, to be read
pack-title = National data
pack-lede = What the nation published, with its date, to be read even without exchange.
pack-read-only = This pack is only read: it changes nothing at this post.
pack-invented = example data
pack-maker-known = This post already knows who made the pack.
pack-maker-unknown = This post does not know yet who made it. Have this code confirmed by the national cell: { $code }
pack-level-commune = commune
pack-level-cercle = cercle
pack-level-region = region
pack-level-national = country
pack-indicator = Indicator
pack-answered = Respondents
pack-received = Received by exchange
pack-received-see = See the indicators
pack-open = Open a pack
pack-file = File
pack-file-hint = A file “.bkp” handed out by the national cell, even an old one.
pack-read = Read the pack
pack-hand-out = Packs to hand out
pack-hand-out-text = For a post that does not exchange yet. Each pack holds the country, the regions, the cercles, and the communes of the place.
pack-quarter = { $quarter }, published on { $day }
pack-cercles = { $count ->
    [one] { $count } cercle
   *[other] { $count } cercles
 }
pack-see = Packs to hand out to posts without exchange
pack-not-a-pack = This file is no pack of national data. Choose a file “.bkp”.
pack-newer = A newer program made this pack ({ $format }). Update this post, then open it again.
pack-damaged = This pack is damaged or incomplete. Ask the national cell for it again.
pack-forged = The signature of this pack does not fit: its content has changed. Ask the national cell for it again.
pack-too-large = This file is larger than { $most } MB. A pack is smaller: check the file.
pack-no-file = No file is chosen. Choose the file, then begin again.
