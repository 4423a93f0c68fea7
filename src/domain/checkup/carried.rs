//! The values of an examination as they would stand if a file between had never come.

use super::item::Item;
use super::sheet::{Cell, Cells};

impl Cells {
    /// These values after somebody made `to` out of `from`: what was changed there, and what `said` names, is as in `to`;
    /// everything else stays as it is here.
    #[must_use]
    pub fn carried(&self, from: &Self, to: &Self, said: &dyn Fn(Item) -> bool) -> Self {
        let mut items: Vec<Item> = Vec::new();
        for cell in self.all().iter().chain(to.all()) {
            if !items.contains(&cell.item) {
                items.push(cell.item);
            }
        }
        let cells = items.into_iter().flat_map(|item| {
            let [here, before, after] = [self, from, to].map(|cells| cells.of(item));
            if before != after || said(item) { after } else { here }
        });
        Self::new(cells.collect())
    }

    /// Every cell of an item: it may stand twice.
    fn of(&self, item: Item) -> Vec<Cell> {
        self.all().iter().filter(|cell| cell.item == item).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Cells {
        Cells::unpack(text).unwrap()
    }

    #[test]
    fn what_a_later_file_changed_or_said_stands_without_the_file_before_it() {
        let (right, wrong) = (cells("sbp 120\ndbp 70\nast 20\n"), cells("sbp 187\ndbp 99\nast 20\nua 9.9\nldl 140\n"));
        let later = cells("sbp 187\ndbp 80\nast 20\nua 9.9\nldl 140\nalt 33\n");
        let said = |item: Item| item.code() == "ldl";
        let carried = right.carried(&wrong, &later, &said);
        assert_eq!(carried.pack(), "sbp 120\ndbp 80\nast 20\nldl 140\nalt 33\n");
        // A value that was taken out stays out.
        assert_eq!(right.carried(&wrong, &cells("sbp 187\nua 9.9\n"), &|_| false).pack(), "sbp 120\n");
    }
}
