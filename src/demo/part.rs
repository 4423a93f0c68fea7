//! The parts that a few people of each establishment play, so that every state of the program can be seen.
//!
//! Knows how many hours a part works, newest month first; the records that go with it are written by `story`.

use super::names::Name;
use crate::domain::worker::{AttributeKind, Sex};

/// A part in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// Above 80 and asked for the interview ten days ago.
    Asked,
    /// Asked about the month before; the time is nearly up.
    AskedEarlier,
    /// Says that the employer's figure is too low.
    Disputed,
    /// Above 80, was told, has not asked.
    Noticed,
    /// Above 80, and the employer has not told.
    Unnoticed,
    /// Above 80 and left out: seen shortly before, found well.
    Excluded,
    /// Above 80, and the interview was begun.
    Drafted,
    /// Below 80, but not in the mean.
    Mean,
    /// Under a limit that is to be reviewed in five days.
    Limited,
    /// On leave by the physician's opinion.
    Leave,
    /// The employer has yet to answer the opinion.
    Answering,
    /// Interviewed; the opinion is to be written.
    Opinion,
    /// To be interviewed again.
    Again,
    /// Above 80, and handed in the certificate of a doctor of the worker's own choice.
    Certified,
    /// Interviewed long ago, ordinary work.
    Normal,
    /// Research, above 100: interviewed without asking.
    Research,
    /// Research and 41条 at once.
    ResearchManager,
    /// 高度プロフェッショナル; the hours come by another list.
    Professional,
    /// 41条.
    Manager,
    /// 裁量労働.
    Discretionary,
    /// 派遣.
    Dispatched,
    /// Rounded to tenths so that nobody can say on which side of 80 it lies.
    Undecided,
    /// Is in no file of hours.
    Missing,
    /// Joined after the newest closing day.
    Newcomer,
    /// Left three months ago.
    Left,
}

/// The parts of each kind of establishment.
pub(super) const CASTS: [&[Part]; 7] = [
    &[
        Part::Asked,
        Part::Limited,
        Part::Drafted,
        Part::Mean,
        Part::Normal,
        Part::Missing,
        Part::Opinion,
        Part::Manager,
        Part::Dispatched,
        Part::Newcomer,
        Part::Left,
    ],
    &[Part::Unnoticed, Part::Answering, Part::Again, Part::Dispatched, Part::Left],
    &[Part::Noticed, Part::Disputed, Part::Leave, Part::Normal, Part::Newcomer],
    &[Part::AskedEarlier, Part::Excluded, Part::Opinion, Part::Discretionary, Part::Manager],
    &[Part::Undecided, Part::Noticed, Part::Again, Part::Newcomer, Part::Left, Part::Certified],
    &[Part::Research, Part::ResearchManager, Part::Professional, Part::Discretionary, Part::Mean],
    &[Part::Normal, Part::Left],
];

impl Part {
    /// Minutes beyond 40 hours a week, newest month first; months before these are ordinary.
    pub fn overtime(self) -> &'static [i64] {
        match self {
            Self::Asked => &[5550, 5050, 4260, 4100, 3120, 2470],
            Self::AskedEarlier => &[3740, 5015, 4410, 3300],
            Self::Disputed => &[4440, 3750, 3480, 3060],
            Self::Noticed => &[5165, 4290, 3900, 2820],
            Self::Unnoticed => &[5080, 3670, 3125],
            Self::Excluded => &[4885, 5710, 3660, 2900],
            Self::Drafted => &[5025, 4650, 3990, 3210],
            Self::Mean => &[4770, 5095, 4690, 4520],
            Self::Limited => &[1120, 1335, 5310, 5460, 4980],
            Self::Leave => &[-12_000, 2870, 5240, 4950],
            Self::Answering => &[3490, 4985, 4870, 3660],
            Self::Opinion => &[4320, 5180, 4015],
            Self::Again => &[2830, 3310, 4965, 4420],
            Self::Certified => &[5230, 4385, 3720],
            Self::Normal => &[2280, 2465, 2210],
            Self::Research => &[6260, 5295, 4710, 4440],
            Self::ResearchManager => &[4665, 4330, 4525],
            Self::Undecided => &[4799, 4120, 3980],
            _ => &[],
        }
    }

    /// Whether the newest month lies above 80 hours.
    pub fn is_over_80(self) -> bool {
        self.overtime().first().is_some_and(|minutes| *minutes > 80 * 60)
    }

    /// Whether the files of hours hold a row for the person.
    pub fn has_hours(self) -> bool {
        !matches!(self, Self::Missing | Self::Professional)
    }

    /// The traits that the law asks about.
    pub fn attributes(self) -> &'static [AttributeKind] {
        match self {
            Self::Research => &[AttributeKind::Research],
            Self::ResearchManager => &[AttributeKind::Research, AttributeKind::Article41],
            Self::Professional => &[AttributeKind::HighlyProfessional],
            Self::Manager => &[AttributeKind::Article41],
            Self::Discretionary => &[AttributeKind::Discretionary],
            Self::Dispatched => &[AttributeKind::Dispatched],
            _ => &[],
        }
    }

    /// The name that the part always has, for those who read the README beside the screen.
    pub fn name(self) -> Option<Name> {
        match self {
            Self::Asked => Some(Name::fixed("佐伯 美咲", "サエキ ミサキ", Sex::Female)),
            Self::Limited => Some(Name::fixed("岡部 千尋", "オカベ チヒロ", Sex::Female)),
            Self::Drafted => Some(Name::fixed("高梨 悠斗", "タカナシ ユウト", Sex::Male)),
            Self::Research => Some(Name::fixed("榊原 結衣", "サカキバラ ユイ", Sex::Female)),
            Self::Missing => Some(Name::fixed(
                "ヴァシリエヴナ・アナスタシア・ミハイロヴナ",
                "ヴァシリエヴナ アナスタシア ミハイロヴナ",
                Sex::Female,
            )),
            _ => None,
        }
    }
}

/// The part of the person at `index` of `count`: the cast is spread over the roster.
pub(super) fn at(cast: &[Part], index: usize, count: usize) -> Option<Part> {
    let step = (count / cast.len().max(1)).max(1);
    let offset = index.checked_sub(FIRST)?;
    if offset.is_multiple_of(step) { cast.get(offset / step).copied() } else { None }
}

/// The roster begins with people of no part, as rosters do.
const FIRST: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cast_is_complete_in_a_usual_roster_and_cut_in_a_tiny_one() {
        for cast in CASTS {
            let parts = |count: usize| (0..count).filter_map(|i| at(cast, i, count)).collect::<Vec<_>>();
            assert_eq!(parts(100), cast);
            assert_eq!(parts(35), cast);
            assert!(parts(3).len() <= 1);
            assert_eq!(parts(0), []);
        }
    }

    #[test]
    fn the_mean_is_above_80_without_the_newest_month() {
        let [newest, before, ..] = Part::Mean.overtime() else { panic!() };
        assert!(*newest <= 4800 && newest + before > 2 * 4800 && !Part::Mean.is_over_80());
    }
}
