//! What a reader counts and warns of while it reads, so that nothing is passed over in silence.
//!
//! Each unknown name is told once, and only so many of them: a stream may have a new one in each
//! row.

use std::collections::BTreeSet;
use std::sync::Arc;

use assize::text::Words;

use super::place::letters;
use crate::words::words;

/// Unknown names that are told, and kept.
const NAMES: usize = 50;

/// The counts and warnings of one source.
#[derive(Debug)]
pub struct Ledger {
    /// The file as it was named.
    pub file: Arc<str>,
    /// Warnings not yet told.
    pub warnings: Vec<Words>,
    /// Rows that came out.
    pub rows: u64,
    pending_blank: u64,
    blank: u64,
    shortened: u64,
    percent: u64,
    percent_columns: BTreeSet<usize>,
    told: BTreeSet<String>,
}

impl Ledger {
    /// An empty ledger.
    pub const fn new(file: Arc<str>) -> Self {
        Self {
            file,
            warnings: Vec::new(),
            rows: 0,
            pending_blank: 0,
            blank: 0,
            shortened: 0,
            percent: 0,
            percent_columns: BTreeSet::new(),
            told: BTreeSet::new(),
        }
    }

    /// A row came out. Empty rows before it stood inside the data.
    pub const fn count_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.blank = self.blank.saturating_add(self.pending_blank);
        self.pending_blank = 0;
    }

    /// Empty rows were passed over. They count if something follows.
    pub const fn pass_blank(&mut self, rows: u64) {
        self.pending_blank = self.pending_blank.saturating_add(rows);
    }

    /// A stored figure was read.
    pub fn count_figure(&mut self, shortened: bool, percent: bool, column: usize) {
        self.shortened = self.shortened.saturating_add(u64::from(shortened));
        if percent {
            self.percent = self.percent.saturating_add(1);
            self.percent_columns.insert(column);
        }
    }

    /// A column without a heading holds something.
    pub fn warn_unheaded(&mut self, column: &str) {
        if self.is_news(column) {
            let file = &self.file;
            self.warnings.push(words!(
                "{file}: column {column} has no heading and is not read",
                "{file}：{column} 列没有标题，未读取"
            ));
        }
    }

    /// A key is not an input of the scheme. `near` is a known one like it.
    pub fn warn_unknown(&mut self, key: &str, near: impl FnOnce() -> Option<String>) {
        if !self.is_news(key) {
            return;
        }
        let file = &self.file;
        self.warnings.push(match near() {
            Some(near) => words!(
                "{file}: `{key}` is not an input of the scheme and is not read; did you mean `{near}`?",
                "{file}：“{key}”不是方案的输入，未读取；是否应为“{near}”？"
            ),
            None => words!(
                "{file}: `{key}` is not an input of the scheme and is not read",
                "{file}：“{key}”不是方案的输入，未读取"
            ),
        });
    }

    fn is_news(&mut self, name: &str) -> bool {
        if self.told.contains(name) || self.told.len() > NAMES {
            return false;
        }
        self.told.insert(name.to_owned());
        if self.told.len() > NAMES {
            let file = &self.file;
            self.warnings.push(words!(
                "{file}: more names that are not inputs follow; they are not read",
                "{file}：还有其他名称不是方案的输入，均未读取"
            ));
            return false;
        }
        true
    }

    /// The counts in words; those that are nought are left out.
    pub fn notes(&self) -> Vec<Words> {
        let mut notes = Vec::new();
        let (blank, shortened, percent) = (self.blank, self.shortened, self.percent);
        if blank > 0 {
            notes.push(words!(
                "empty rows passed over: {blank}",
                "跳过空行 {blank} 行"
            ));
        }
        if shortened > 0 {
            notes.push(words!(
                "stored figures of more than 15 digits, read as the 15 that Excel shows: {shortened}",
                "超过 15 位的存储数字，按 Excel 显示的 15 位读取：{shortened} 个"
            ));
        }
        if percent > 0 {
            let columns = self.percent_columns.iter().map(|column| letters(*column));
            let columns: Vec<_> = columns.collect();
            let (list_en, list_zh) = (columns.join(", "), columns.join("、"));
            notes.push(words!(
                "percent cells read as the ratio they store, 40% as 0.4: {percent}, in column {list_en}",
                "百分比单元格按所存比率读取（40% 读作 0.4）：{percent} 个，位于 {list_zh} 列"
            ));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_rows_before_another_row_count() {
        let mut ledger = Ledger::new(Arc::from("a.csv"));
        ledger.count_row();
        ledger.pass_blank(2);
        ledger.count_row();
        ledger.pass_blank(7);
        assert_eq!(ledger.rows, 2);
        let notes: Vec<_> = ledger.notes().into_iter().map(|note| note.en).collect();
        assert_eq!(notes, ["empty rows passed over: 2"]);
    }

    #[test]
    fn a_stream_of_unknown_names_is_told_once_each_and_not_for_ever() {
        let mut ledger = Ledger::new(Arc::from("a.jsonl"));
        for number in 0..1000 {
            ledger.warn_unknown(&format!("x{number}"), || None);
            ledger.warn_unknown("x0", || None);
        }
        assert_eq!(ledger.warnings.len(), NAMES + 1);
    }
}
