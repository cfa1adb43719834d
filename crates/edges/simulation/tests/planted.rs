//! The failures that other systems had, planted one by one: the simulation catches each.

use journal::Planted;
use simulation::{Bug, Folly, OPEN, Shape, run};

/// Within how many seeds each is caught.
const SEEDS: u64 = 120;

fn caught(bug: Bug) {
    // A seed that finds a fault by itself proves nothing about a planted one.
    for seed in (1..=SEEDS).filter(|it| !OPEN.contains(it)) {
        let outcome = run(seed, Shape::SHORT, bug);
        if let Some(first) = outcome.violations.first() {
            println!("{bug:?}: caught by seed {seed}: {first}");
            return;
        }
    }
    panic!("{bug:?}: not caught by seeds 1 to {SEEDS}");
}

macro_rules! planted {
    ($($name:ident: $fault:ident,)*) => {
        $(
            #[test]
            fn $name() {
                caught(Bug { fault: Some(Planted::$fault), folly: None });
            }
        )*

        /// What is planted above, so that no fault is planted and never tried.
        const TRIED: &[Planted] = &[$(Planted::$fault),*];
    };
}

planted! {
    signature_unchecked: SignatureUnchecked,
    content_unchecked: ContentUnchecked,
    gap_skipped: GapSkipped,
    fork_taken_for_known: ForkTakenForKnown,
    known_applied_again: KnownAppliedAgain,
    unknown_kind_stripped: UnknownKindStripped,
    fold_forgotten: FoldForgotten,
    length_before_entry: LengthBeforeEntry,
    rebuild_forgotten: RebuildForgotten,
    incarnation_kept: IncarnationKept,
    settings_not_restored: SettingsNotRestored,
    branch_dropped: BranchDropped,
    life_not_stated: LifeNotStated,
    lives_ignored: LivesIgnored,
    own_not_returned: OwnNotReturned,
    rollback_unseen: RollbackUnseen,
    sent_is_held: SentIsHeld,
    receipt_too_far: ReceiptTooFar,
    receipt_before_entries: ReceiptBeforeEntries,
    receipt_for_receipts: ReceiptForReceipts,
    receipt_for_nothing: ReceiptForNothing,
    refused_package_kept: RefusedPackageKept,
    neighbour_sent: NeighbourSent,
    local_sent: LocalSent,
    foreign_place_taken: ForeignPlaceTaken,
    stranger_taken: StrangerTaken,
    package_unsigned: PackageUnsigned,
    order_lost: OrderLost,
    clock_refused: ClockRefused,
}

macro_rules! follies {
    ($($name:ident: $folly:ident,)*) => {
        $(
            #[test]
            fn $name() {
                caught(Bug { fault: None, folly: Some(Folly::$folly) });
            }
        )*
    };
}

follies! {
    clock_wins: ClockWins,
    withdrawal_wins: WithdrawalWins,
    arrival_wins: ArrivalWins,
    conflict_closed_blindly: ConflictClosedBlindly,
}

#[test]
fn the_tried_faults_are_not_one_twice() {
    let once: std::collections::BTreeSet<_> = TRIED.iter().collect();
    assert_eq!(once.len(), TRIED.len());
}
