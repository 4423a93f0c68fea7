//! How far long work is, and whether it is still wanted: counted where the work is done, told in steps.
//!
//! Knows phases and counts. Must not know who listens, nor any clock: how often something is told hangs on how much there
//! is to do.

use std::cell::Cell;

use crate::labelled;

/// In how many steps a phase is told at most: a listener costs nothing beside the work, and a stop is heard soon.
const STEPS: usize = 200;

labelled! {
    /// What is being done with a file or a batch.
    Phase {
        Fetching = "ファイルの読込み",
        Unpacking = "圧縮の確認",
        Converting = "文字コードの変換",
        Decoding = "表の読取り",
        Sorting = "行の仕分け",
        People = "一人ずつの読取り",
        Matching = "名簿との照合",
        Weighing = "値の確認",
        Comparing = "記録との比較",
        Writing = "書込み",
        TakingBack = "取消",
        Erasing = "消去",
    }
}

impl Phase {
    /// What is counted, and how many of it make one on the screen: bytes are shown in thousands.
    pub const fn unit(self) -> (&'static str, usize) {
        match self {
            Self::Fetching | Self::Converting | Self::Decoding => ("KB", 1000),
            Self::Unpacking => ("件", 1),
            Self::People => ("名", 1),
            Self::Sorting | Self::Matching | Self::Weighing | Self::Comparing => ("行", 1),
            Self::Writing => ("件", 1),
            // What goes out goes by statements: the hours in five, the records one by one.
            Self::TakingBack | Self::Erasing => ("段", 1),
        }
    }
}

/// How far a phase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done.
    pub done: usize,
    /// How much there is.
    pub total: usize,
}

/// The work was stopped; nothing of it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("途中でやめました。記録は何も変わっていません。")]
pub struct Stopped;

/// Work that goes on: its steps are told to a listener, who may stop it. Once stopped it stays so.
pub struct Going<'w> {
    listener: &'w dyn Fn(Progress) -> bool,
    phase: Cell<Phase>,
    total: Cell<usize>,
    /// As it was told last.
    done: Cell<usize>,
    /// From here on the next step is told.
    next: Cell<usize>,
    is_stopped: Cell<bool>,
}

impl std::fmt::Debug for Going<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Going").field("phase", &self.phase).finish_non_exhaustive()
    }
}

impl Going<'static> {
    /// Work that nobody listens to, and that nobody stops.
    pub fn freely() -> Self {
        Self::heard_by(&|_| true)
    }
}

impl<'w> Going<'w> {
    /// Work whose steps are told to `listener`; it goes on as long as that says so.
    pub fn heard_by(listener: &'w dyn Fn(Progress) -> bool) -> Self {
        Self {
            listener,
            phase: Cell::new(Phase::default()),
            total: Cell::new(0),
            done: Cell::new(0),
            next: Cell::new(0),
            is_stopped: Cell::new(false),
        }
    }

    /// Begins a phase of so much.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn begin(&self, phase: Phase, total: usize) -> Result<(), Stopped> {
        self.phase.set(phase);
        self.total.set(total);
        self.next.set(0);
        self.at(0)
    }

    /// Notes how much of the phase is done; cheap, because only a two-hundredth of it is a step that is told.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn at(&self, done: usize) -> Result<(), Stopped> {
        if done < self.next.get() {
            return Ok(());
        }
        self.next.set(done.saturating_add((self.total.get() / STEPS).max(1)));
        self.tell(done)
    }

    /// Asks once more, however little was done since: between phases, and before what cannot be stopped any more.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn check(&self) -> Result<(), Stopped> {
        self.tell(self.done.get())
    }

    fn tell(&self, done: usize) -> Result<(), Stopped> {
        self.done.set(done);
        if !self.is_stopped.get() {
            let progress = Progress { phase: self.phase.get(), done, total: self.total.get() };
            self.is_stopped.set(!(self.listener)(progress));
        }
        if self.is_stopped.get() { Err(Stopped) } else { Ok(()) }
    }

    /// The items one by one, as a phase of so many; there are no more once the work was stopped, which whoever reads them
    /// to the end has to ask with [`Going::check`].
    pub fn over<'g, I: IntoIterator>(
        &'g self,
        phase: Phase,
        total: usize,
        items: I,
    ) -> impl Iterator<Item = I::Item> + use<'g, 'w, I> {
        let is_begun = self.begin(phase, total).is_ok();
        items.into_iter().enumerate().map_while(move |(done, item)| (is_begun && self.at(done).is_ok()).then_some(item))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_phase_is_told_from_its_beginning_in_few_steps_and_a_small_one_item_by_item() {
        let told = RefCell::new(Vec::new());
        let listener = |progress: Progress| {
            told.borrow_mut().push(progress.done);
            true
        };
        let going = Going::heard_by(&listener);
        assert_eq!(going.over(Phase::Matching, 4, 0..4).count(), 4);
        assert_eq!(told.take(), [0, 1, 2, 3]);
        assert_eq!(going.over(Phase::Matching, 1_000_000, 0..1_000_000).count(), 1_000_000);
        assert!(told.take().len() <= STEPS + 1);
    }

    proptest! {
        /// Whatever step it is stopped at, nothing more is told, and every later question hears of it.
        #[test]
        fn what_is_stopped_stays_stopped(total in 1_usize..2_000, n in 0_usize..300) {
            let asked = Cell::new(0);
            let listener = |_| asked.replace(asked.get() + 1) < n;
            let going = Going::heard_by(&listener);
            let seen = going.over(Phase::Weighing, total, 0..total).count();
            let is_stopped = asked.get() > n;
            prop_assert_eq!(seen < total, is_stopped);
            let so_far = asked.get();
            prop_assert_eq!(going.begin(Phase::Writing, 9).is_err(), is_stopped || so_far == n);
            prop_assert!(asked.get() <= so_far.max(n + 1));
        }
    }

    #[test]
    fn work_that_nobody_hears_ends() {
        let going = Going::freely();
        assert_eq!((going.over(Phase::Writing, 3, 0..3).count(), going.check()), (3, Ok(())));
    }
}
