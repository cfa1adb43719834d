# The words of the exchange between posts: cards, packages sent and received, refusals.

## The exchange
exchange-title = Exchange
exchange-lede = What goes to other posts and what comes from them, by USB stick, by mail or over the network.
exchange-to-posts = Posts and their cards
exchange-waiting = To send
exchange-no-peer = You exchange with no post yet
exchange-no-peer-text = First register the card of the post above, or those of the posts below.
exchange-post = Post
exchange-state = State
exchange-act = Package
exchange-unsent = { $count ->
    [0] Nothing waits to be sent
    [one] { $count } record not sent
   *[other] { $count } records not sent
}
exchange-unreceipted = { $count ->
    [one] { $count } entry sent, not receipted
   *[other] { $count } entries sent, not receipted
}
exchange-make = Make the package
exchange-make-for = Make the package for { $post }
exchange-whole = Send everything again, even what was received
exchange-whole-hint = Only if the other post lost its data.
exchange-made = Packages made
exchange-none-made = No package yet.
exchange-number = Number
exchange-made-on = Made on
exchange-entries = Entries
exchange-size = Size
exchange-receipt = Receipt
exchange-received-by = Received by { $post } on { $day }
exchange-not-received = No receipt yet
exchange-bytes = { $count } bytes
exchange-kilobytes = { $count } kB
exchange-taken = Packages received
exchange-none-taken = Nothing received yet.
exchange-from = From
exchange-accepted-on = Accepted on
exchange-new-entries = New entries
exchange-import = Import a package
exchange-import-lede = Choose the file that you received. You will see what it holds before you accept it.
exchange-file = Package file
exchange-file-hint = Its name ends in .bkd.
exchange-import-button = Read the file
exchange-no-file = No file is chosen. Choose the file that you received, then try again.
exchange-done = { $count ->
    [0] This package was known already: nothing changed.
    [one] The package is accepted: { $count } new entry.
   *[other] The package is accepted: { $count } new entries.
}
exchange-dropped = The package is not accepted. Nothing changed.

## The preview
exchange-preview-title = What the package holds
exchange-preview-lede = Nothing is recorded yet. Check, then accept.
exchange-preview-from = Sent by
exchange-preview-place = Place
exchange-preview-number = Package number
exchange-preview-made = Made on
exchange-preview-new = New entries
exchange-preview-known = Entries known already
exchange-preview-nothing = You already have everything in this package
exchange-preview-nothing-text = Accepting it changes nothing.
exchange-preview-left = { $count ->
    [one] { $count } entry did not fit
   *[other] { $count } entries did not fit
}
exchange-preview-left-text = They will come with the next package. First send the receipt back.
exchange-preview-kinds = What is new in it
exchange-preview-kind = Nature
exchange-preview-count = Number
exchange-preview-chains = Where the entries come from
exchange-preview-writer = Written by
exchange-preview-about = For
exchange-preview-range = Numbers
exchange-everywhere = All places
exchange-accept = Accept the package
exchange-drop = Do not accept
exchange-gone = This file is no longer waiting. Import it again.
exchange-kind-other = Other entries
kind-exchange-post-opened = Card of a post
kind-exchange-post-enrolled = Post registered by another
kind-exchange-package-accepted = Receipt

## The posts
posts-title = Posts
posts-lede = A post accepts packages only from posts that it knows. It knows them by their cards.
posts-own = This post
posts-open = Open this post to exchange
posts-open-lede = Give this post the name and the place that others will see.
posts-open-button = Make the card
posts-name = Name of the post
posts-name-hint = For example: “CCC de Kati”.
posts-level = Level
posts-place = Place
posts-place-hint = The code of the place. Example: ML0205.
posts-choose = Choose
posts-words = The eight check words
posts-words-hint = Read them to the other post, by telephone or in person. They change if the card is forged.
posts-fingerprint = Fingerprint
posts-card = Card
posts-card-hint = Give this text or file to the other post, on a USB stick or by mail. It holds no secret.
posts-download = Download the card
posts-known = Known posts
posts-none-known = No other post is known.
posts-relation = Relation
posts-by = Known through
posts-since = Since
posts-add = Register the card of a post
posts-add-lede = Paste the card that you received, or choose its file.
posts-paste = Text of the card
posts-file = Or file of the card
posts-read = Read the card
posts-check-title = Check the card
posts-check-lede = Ask the other post to read its eight words. If they differ, do not register this card.
posts-check-child = This post is below yours. You will accept its packages, and so will the posts above you.
posts-check-parent = This post is above yours. You will send it your data.
posts-check-button = The eight words are the same: register
posts-check-cancel = Do not register
posts-done = The post is registered.
posts-opened = The card of this post is ready.
post-level-commune = Commune
post-level-cercle = Cercle
post-level-region = Region
post-level-nation = Nation
post-relation-own = This post
post-relation-parent = Above, registered here
post-relation-child = Below, registered here
post-relation-above = Above, presented by another
post-relation-below = Below, presented by another

## Refusals
exchange-not-a-package = This file is not a Benkadi package. Choose a file whose name ends in .bkd.
exchange-newer = This package comes from a newer version of the program (format { $version }). Update this post, then import it again.
exchange-cut-off = { $part ->
    [start] The file is cut off at byte { $at } of { $whole }, at its very beginning. Copy it again from the post that made it.
   *[other] The file is cut off at byte { $at } of { $whole }, in block { $part }. Copy it again from the post that made it.
}
exchange-damaged = { $part ->
    [start] The beginning of the file is damaged. Copy it again, best on another stick.
    [end] The end of the file is damaged. Copy it again, best on another stick.
   *[other] Block { $part } of the file is damaged. Copy it again, best on another stick.
}
exchange-too-large = { $what ->
    [file] The file is too large for a package. The limit is { $limit } bytes. Ask for a smaller package.
    [entry] An entry of the package is too large. The limit is { $limit } bytes. Tell the post that sends it.
   *[other] The package holds more than the format allows (limit: { $limit }). Ask the post that made it for a smaller one.
}
exchange-for-another = This package is for another post: { $to }. Hand the file over to it.
exchange-unknown-post = This post is not known here: { $name } ({ $id }). First register its card, or import a package of the post above.
exchange-forged = The signature is not that of “{ $post }”. The file may be forged. Call this post before anything else.
exchange-changed = Entry { $seq } of “{ $post }” was changed after signing. Refuse this file and call this post.
exchange-foreign-place = “{ $post }” writes for a place that is not its own: { $place }. Call this post so that it corrects this.
exchange-private = The package holds drafts of “{ $post }”, which must not travel. Call this post.
exchange-not-below = “{ $post }” cannot register “{ $child }”, which is not below it. Check the level and the place of both cards.
exchange-not-above = “{ $parent }” is not above “{ $post }”. Check the level and the place of both cards.
exchange-gap = Entries { $from } to { $to } of “{ $post }” for { $place } are missing. First import the package before this one, or ask for a complete one.
exchange-fork = Two different entries bear number { $seq } at “{ $post }” for { $place }. Its base was probably copied or put back. Call this post, then make it a complete package.
exchange-unreadable = Entry { $seq } of “{ $post }” is unreadable for this program. Update this post, then try again.
exchange-not-opened = This post has no card yet. Make it on the page of posts.
exchange-field = { $field ->
    [nom] The name of the post is missing or longer than 120 characters. Write a short name.
    [lieu] The code of the place is missing or does not exist. Look for it in the pages on the territory.
   *[other] The level of the post is missing. Choose it in the list.
}
exchange-own-card = This card is that of this very post. Ask for the card of the other post.
exchange-not-a-card = This text is not the card of a post. Paste the whole card, from the first line to the last.
exchange-card-line = The line “{ $line }” of the card is missing or unreadable. Copy the whole card again.
exchange-card-forged = This card was changed. Ask the other post for it again.
exchange-nothing-to-send = “{ $post }” has received everything. There is nothing to send.
exchange-same-level = “{ $post }” is at the same level as this post. Exchanges go through the post above.
exchange-no-post-chosen = No post is chosen. Choose the post to send to.
