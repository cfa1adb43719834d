//! Faults that a trial plants in the program to see that it is caught. A build without the feature
//! `trials` has none of them: [`planted`] is then always false, and the compiler drops the branch.

/// A fault planted in the journal or the exchange, or a misdeed of a hostile post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    /// The signature of a foreign entry is not checked.
    SignatureUnchecked,
    /// The content of a foreign entry is not compared with the signed hash.
    ContentUnchecked,
    /// An entry that leaves a gap is taken.
    GapSkipped,
    /// A second entry of one number passes for the first.
    ForkTakenForKnown,
    /// A known entry is applied to the tables again.
    KnownAppliedAgain,
    /// The content of an entry of an unknown kind is dropped.
    UnknownKindStripped,
    /// A foreign entry is stored and not folded until the tables are rebuilt.
    FoldForgotten,
    /// The length of a chain is on the disk before its entry.
    LengthBeforeEntry,
    /// Tables of another edition are not rebuilt.
    RebuildForgotten,
    /// A restored post continues the chains of its copy.
    IncarnationKept,
    /// A copy does not bring back the settings beside the post's key.
    SettingsNotRestored,
    /// A post that gives way drops its own branch.
    BranchDropped,
    /// A restored post does not say so.
    LifeNotStated,
    /// What a post held in an earlier life counts after its restoring.
    LivesIgnored,
    /// What a post wrote itself is never sent back to it.
    OwnNotReturned,
    /// A post that is told of more than it holds of its own does not see that it was put back.
    RollbackUnseen,
    /// What was sent counts as received.
    SentIsHeld,
    /// A receipt names one entry more than came.
    ReceiptTooFar,
    /// A receipt is on the disk before what it acknowledges.
    ReceiptBeforeEntries,
    /// A receipt answers a receipt.
    ReceiptForReceipts,
    /// A receipt answers a package that brought nothing.
    ReceiptForNothing,
    /// What came before the fault of a refused package is kept.
    RefusedPackageKept,
    /// A neighbour's data are sent too.
    NeighbourSent,
    /// Local entries are sent, and taken.
    LocalSent,
    /// Nobody asks whether a writer may write for a place.
    ForeignPlaceTaken,
    /// The sender of a package need not be known.
    StrangerTaken,
    /// The signature of a package is not checked.
    PackageUnsigned,
    /// Entries travel by chain and not in the order in which they were learned.
    OrderLost,
    /// An entry whose clock is a day ahead is refused.
    ClockRefused,
    /// Misdeed: sends what its post may not write.
    SendsForeignPlace,
    /// Misdeed: changes the content of an entry that it relays.
    ChangesContent,
    /// Misdeed: writes another entry in its place and signs it itself.
    ForgesEntry,
    /// Misdeed: signs the package with a key that is not its own.
    ForgesPackage,
}

#[cfg(feature = "trials")]
thread_local! {
    static ON: std::cell::RefCell<Vec<Planted>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Plants these faults in this thread, in place of those before.
#[cfg(feature = "trials")]
pub fn plant(faults: &[Planted]) {
    ON.with_borrow_mut(|it| faults.clone_into(it));
}

/// Whether this fault is planted.
#[cfg(feature = "trials")]
pub fn planted(fault: Planted) -> bool {
    ON.with_borrow(|it| it.contains(&fault))
}

/// Whether this fault is planted: never.
#[cfg(not(feature = "trials"))]
pub const fn planted(_: Planted) -> bool {
    false
}

#[cfg(feature = "trials")]
impl crate::Journal {
    /// Puts another content into a foreign entry, and this post's signature on it.
    pub fn forge(&self, sealed: &mut crate::Sealed, payload: Vec<u8>) {
        let Ok(mut header) = minicbor::decode::<crate::Header>(&sealed.header) else { return };
        let salt = sealed.salt.clone().unwrap_or_default();
        header.payload_hash = crate::entry::payload_hash(&salt, &payload);
        sealed.header = header.to_bytes();
        sealed.signature = self.key().sign(&crate::entry::to_sign(&sealed.header));
        sealed.payload = Some(payload);
    }
}
