//! What people write for words that the language has in another form: `for each`, `ignoring
//! missing`, `sqrt`, 降序. Offered only where the statement can be read with the other words.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::braces::shortened;
use super::super::mistakes::codes;
use super::clues::Clues;

/// What is written, and what the language says.
static WORDINGS: &[(&str, &str)] = &[
    ("for each", "each"),
    ("foreach", "each"),
    ("for", "each"),
    ("of", "in"),
    ("for", "per"),
    ("each", "per"),
    ("all", "every"),
    ("each", "every"),
    ("any", "some"),
    ("have", "has"),
    ("is", "has"),
    ("are", "has"),
    ("have not", "has not"),
    ("skip missing", "skipping missing"),
    ("ignoring missing", "skipping missing"),
    ("excluding missing", "skipping missing"),
    ("without missing", "skipping missing"),
    ("counting missing", "counting missing as"),
    ("sort by", "sorted by"),
    ("sorted", "sorted by"),
    ("order by", "sorted by"),
    ("descending", "highest first"),
    ("desc", "highest first"),
    ("ascending", "lowest first"),
    ("asc", "lowest first"),
    ("if", "where"),
    ("when", "where"),
    ("with", "where"),
    ("such that", "where"),
    ("to", "becomes"),
    ("then", "becomes"),
    ("=", "of"),
    ("when", "of"),
    ("if", "of"),
    ("=", ":"),
    ("=", "=>"),
    (":", "=>"),
    ("sqrt", "square root of"),
    ("square root", "square root of"),
    ("ln", "natural logarithm of"),
    ("log", "common logarithm of"),
    ("stddev", "standard deviation of"),
    ("sec", "seconds"),
    ("secs", "seconds"),
    ("min", "minutes"),
    ("mins", "minutes"),
    ("hr", "hours"),
    ("hrs", "hours"),
    ("h", "hours"),
    ("list", "list of"),
    ("list of record", "list of"),
    ("list of records", "list of"),
    ("列表 的", "列表"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("of the month", "of month"),
    ("end of the month", "end of month"),
    ("end of the quarter", "end of quarter"),
    ("end of the year", "end of year"),
    ("until end of", "before end of"),
    ("by end of", "before end of"),
    ("on", "on day"),
    ("by", "by day"),
    ("kept", "kept for"),
    ("edition", "edition of"),
    ("版本", "版本 属于"),
    ("每个", "每"),
    ("所有", "每"),
    ("任一", "存在"),
    ("有", "存在"),
    ("都", "均"),
    ("忽略缺项", "缺者不计"),
    ("降序", "由高到低"),
    ("升序", "由低到高"),
    ("对 每", "逐一"),
    ("在 月末 前", "不迟于 月末"),
    ("月末 前", "不迟于 月末"),
];

/// More are not tried: each costs a reading.
const TRIED: usize = 12;

impl Clues<'_> {
    /// Another wording of one or two places with which the statement can be read.
    pub(super) fn wording(&self) -> Option<Diagnostic> {
        let mut found = Vec::new();
        for (written, said) in WORDINGS {
            let length = written.split(' ').count();
            let last = self.at.saturating_add(4).min(self.words.len());
            for first in 0..last {
                let end = first.saturating_add(length);
                let same = self
                    .words
                    .get(first..end)
                    .is_some_and(|words| words.iter().copied().eq(written.split(' ')));
                if same && self.fits(first, said) {
                    found.push((first, end, *said));
                }
            }
        }
        found.truncate(TRIED);
        let one = found
            .iter()
            .find(|(first, end, said)| self.reads(self.head.reworded(*first, *end, &spaced(said))));
        if let Some((first, end, said)) = one {
            return Some(self.worded(*first, *end, said));
        }
        let pairs = found
            .iter()
            .flat_map(|one| found.iter().map(move |other| (one, other)));
        let mut pairs = pairs.filter(|(one, other)| one.1 <= other.0);
        pairs.find_map(|(one, other)| {
            let between = self.words.get(one.1..other.0)?.join(" ");
            let said = format!("{} {between} {}", one.2, other.2);
            self.reads(self.head.reworded(one.0, other.1, &spaced(&said)))
                .then(|| self.worded(one.0, other.1, &said))
        })
    }

    /// Whether a wording makes sense there: a condition only behind a list in brackets, and `of`
    /// only in the lines that have it.
    fn fits(&self, first: usize, said: &str) -> bool {
        let before = self.words.get(..first).unwrap_or_default();
        match said {
            "where" => before.iter().any(|word| matches!(*word, "(" | "（")),
            "of" => matches!(self.word(0), "run" | "连续次数"),
            _ => true,
        }
    }

    fn worded(&self, first: usize, end: usize, said: &str) -> Diagnostic {
        let written = self.words.get(first..end).unwrap_or_default().join(" ");
        let written = shortened(&written);
        let span = self.head.stretch(first, end);
        Diagnostic::new(
            &codes::OTHER_WORDING,
            span,
            words!(
                "for `{written}` the language says `{said}` here",
                "这里不写“{written}”，请写“{said}”"
            ),
        )
        .with_fix(span, said)
    }
}

/// A wording that cannot run into the words beside it.
fn spaced(said: &str) -> String {
    format!(" {said} ")
}
