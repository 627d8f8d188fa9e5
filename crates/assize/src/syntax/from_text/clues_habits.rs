//! Clues from the habits of regulations: `大于等于90`, `95分以上（含95分）`, `60% 业绩`, `分值（0，30）`, 每学期.
//!
//! Looked for before the mistakes of letters and order: the comma of `（0，100）` is no thousands
//! comma. Each offers the text to write instead, and only where that text can be read.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::text::{Words, words};

use super::super::mistakes::codes;
use super::super::scan::{TokenKind, plain};
use super::chinese::{self, otherwise_compared};
use super::clues::Clues;

impl Clues<'_> {
    pub(super) fn habits(&self) -> Option<Diagnostic> {
        if let Some(found) = self.time_of_day() {
            return Some(found);
        }
        if self.is_row() {
            return self.compared().or_else(|| self.included());
        }
        self.range_in_brackets()
            .or_else(|| self.weight_without_of())
            .or_else(|| self.other_period())
    }

    /// The finding and the tokens that its text replaces, if the text makes the statement readable.
    fn mended(&self, tokens: Range<usize>, with: &str, message: Words) -> Option<Diagnostic> {
        let Range { start, end } = tokens;
        let before = self.touches(start) && with.starts_with(|c: char| c.is_ascii_digit());
        let with = if before {
            format!(" {with}")
        } else {
            with.to_owned()
        };
        if !self.reads(self.head.reworded(start, end, &with)) {
            return None;
        }
        let mut place = self.head.stretch(start, end);
        let shown = place;
        if with.is_empty()
            && !self.touches(start)
            && let Some(before) = start.checked_sub(1)
        {
            // The blank before words that go, goes with them.
            place.start = self.head.stretch(before, start).end;
        }
        Some(Diagnostic::new(&codes::UNREADABLE, shown, message).with_fix(place, with))
    }

    /// `2024-05-01 8:30`, `2024年5月1日 8时30分`.
    pub(super) fn time_of_day(&self) -> Option<Diagnostic> {
        let first = (0..self.words.len()).find_map(|first| {
            let start = self.head.here(first).0;
            let (length, with) = chinese::loose_time(self.head.text.get(start..)?)?;
            let last = self
                .head
                .token_at(start.saturating_add(length).checked_sub(1)?);
            let whole = self.head.here(last).1 == start.saturating_add(length);
            let wrong = self.head.text.get(start..start.saturating_add(length)) != Some(&with);
            (whole && wrong).then_some((first, last.saturating_add(1), with))
        });
        let (start, end, with) = first?;
        if !self.reads(self.head.reworded(start, end, &with)) {
            return None;
        }
        let place = self.head.stretch(start, end);
        Some(
            Diagnostic::new(
                &codes::BAD_DATE,
                place,
                words!(
                    "a time of day has two digits for the hour and two for the minute: `{with}`",
                    "时刻的时和分各写两位数字，中间用冒号：{with}"
                ),
            )
            .with_fix(place, with),
        )
    }

    /// `大于等于 90 为 A`: glued to its figure it is a name, which the row's own reading refuses.
    fn compared(&self) -> Option<Diagnostic> {
        let (written, zh, en) = otherwise_compared(self.word(0))?;
        if written != self.word(0) || self.kind(1) != Some(TokenKind::Figure) {
            return None;
        }
        let end = self.find(&["=>", "＝＞", "为"]).unwrap_or(2);
        let figure = self.words.get(1..end)?.concat();
        self.mended(0..1, zh, compared_words(written, &figure, (zh, en)))
    }

    /// `95分以上（含95分）`, `90（含）以上`, `90分以上（不含）`
    fn included(&self) -> Option<Diagnostic> {
        let open = (0..self.words.len()).find(|at| {
            self.kind(*at) == Some(TokenKind::BracketOpen)
                && (self.word(at.saturating_add(1)).starts_with("含")
                    || self.word(at.saturating_add(1)).starts_with("不含"))
        })?;
        let close = (open..self.words.len())
            .find(|at| self.kind(*at) == Some(TokenKind::BracketClose))?
            .saturating_add(1);
        let end = self.find(&["=>", "＝＞", "为"])?;
        if close > end {
            return None;
        }
        if !self.word(open.saturating_add(1)).starts_with("不含") {
            return self.mended(
                open..close,
                "",
                words!(
                    "the figure itself is included already in `from` and `up to` (以上, 以下); leave the bracket out",
                    "“以上”“以下”都包含本数，请删去括号里的话；不含本数的请写“高于”“低于”"
                ),
            );
        }
        let outside = self.words.get(..open)?.concat() + &self.words.get(close..end)?.concat();
        let (figure, zh, en) = match outside.strip_suffix("以上") {
            Some(figure) => (figure, "高于", "above"),
            None => (outside.strip_suffix("以下")?, "低于", "below"),
        };
        self.mended(
            0..end,
            &format!("{zh}{figure}"),
            words!(
                "a bound without the figure itself is written `{en} {figure}`",
                "不含本数的界限请写“{zh}{figure}”"
            ),
        )
    }

    /// `分值（0，30）`, `points [0, 30]`
    fn range_in_brackets(&self) -> Option<Diagnostic> {
        let open = (1..self.words.len()).find(|at| {
            self.kind(*at) == Some(TokenKind::BracketOpen) && {
                let before = at.saturating_sub(1);
                matches!(
                    self.word(before),
                    "points"
                        | "number"
                        | "count"
                        | "ratio"
                        | "money"
                        | "分值"
                        | "数值"
                        | "次数"
                        | "比率"
                        | "金额"
                )
            }
        })?;
        let close =
            (open..self.words.len()).find(|at| self.kind(*at) == Some(TokenKind::BracketClose))?;
        let inside = open.saturating_add(1)..close;
        let part = |words: &[&str]| -> Option<String> {
            let figure: String = words.concat().chars().map(plain).collect();
            figure
                .starts_with(|c: char| c.is_ascii_digit())
                .then_some(figure)
        };
        let between = inside.clone().find(|at| {
            matches!(
                self.word(*at),
                "," | "，" | "、" | "-" | "－" | "~" | "～" | "至" | "到" | ".." | "—"
            )
        })?;
        let low = part(self.words.get(inside.start..between)?)?;
        let high = part(self.words.get(between.saturating_add(1)..inside.end)?)?;
        let range = format!("{low}..{high}");
        self.mended(
            open..close.saturating_add(1),
            &range,
            words!(
                "a range stands behind its type without brackets: `{range}`, both ends included",
                "取值范围不加括号，请写“{range}”，两端都包含"
            ),
        )
    }

    /// `60% 业绩`
    fn weight_without_of(&self) -> Option<Diagnostic> {
        let percent = self.kind(0) == Some(TokenKind::Figure) && plain_is(self.word(1), '%');
        if !percent || self.kind(2) != Some(TokenKind::Word) {
            return None;
        }
        let end = (2..self.words.len())
            .find(|at| matches!(self.word(*at), "cite" | "assumed" | "条款" | "推定"))
            .unwrap_or(self.words.len());
        let share = format!("{}%", self.word(0));
        let member = self.words.get(2..end)?.concat();
        let (english, chinese) = (
            format!("{share} of {member}"),
            format!("{member} 占{share}"),
        );
        let with = if self.known.contains(&"scheme") {
            &english
        } else {
            &chinese
        };
        let message = words!(
            "a weight and its member are joined by a word: `{english}`",
            "权重请写“{chinese}”"
        );
        let whole = self.head.reworded(0, end, with);
        let finding = Diagnostic::new(&codes::UNREADABLE, self.head.stretch(0, end), message);
        self.reads(whole)
            .then(|| finding.with_fix(self.head.stretch(0, end), with))
    }

    /// 每旬, 每学期, `every decade`, `every term`
    fn other_period(&self) -> Option<Diagnostic> {
        if !matches!(self.word(0), "assesses" | "考核") {
            return None;
        }
        let chinese = self.words.iter().position(|word| {
            word.starts_with('每')
                && !matches!(
                    *word,
                    "每天" | "每日" | "每周" | "每月" | "每季度" | "每半年" | "每年"
                )
        });
        let (start, end, written) = match chinese {
            Some(at) => (at, at.saturating_add(1), self.word(at).to_owned()),
            None => {
                let at = self.find(&["every"])?;
                let next = self.word(at.saturating_add(1));
                (at, at.saturating_add(2), format!("every {next}"))
            }
        };
        let with = match written.as_str() {
            "每学期" => "每半年",
            "每季" | "每个季度" => "每季度",
            "每个月" | "每月度" => "每月",
            "每星期" | "每礼拜" => "每周",
            "每年度" | "每学年" => "每年",
            "every term" | "every semester" => "every half year",
            _ => "",
        };
        let message = if with.is_empty() {
            words!(
                "a period is `every day`, `every week`, `every month`, `every quarter`, `every half year` or `every year`; nothing is computed from it, so `{written}` can be left out",
                "周期可写“每天”“每周”“每月”“每季度”“每半年”“每年”；周期不参与计算，“{written}”可以不写"
            )
        } else {
            words!(
                "a period is `every day`, `every week`, `every month`, `every quarter`, `every half year` or `every year`: instead of `{written}` write `{with}`",
                "周期可写“每天”“每周”“每月”“每季度”“每半年”“每年”，这里的“{written}”请写“{with}”"
            )
        };
        self.mended(start..end, with, message)
    }
}

fn plain_is(word: &str, sign: char) -> bool {
    word.chars().map(plain).eq([sign])
}

/// What is told about 大于等于 and its like.
pub(super) fn compared_words(written: &str, figure: &str, (zh, en): (&str, &str)) -> Words {
    words!(
        "`{written}` begins no row; write `{en} {figure}` ({zh})",
        "一行不以“{written}”开头，请写“{zh}{figure}”"
    )
}
