//! Chinese as it is typed: words without blanks, figures in words, the cause behind the rule.
//!
//! Nothing here is read as meant; it only finds the wording to offer.

use super::super::scan::plain;
use super::super::words::{End, NEVER_NAMES, TABLE};

/// Whether a word is a Chinese word of the language.
pub(super) fn is_keyword(word: &str) -> bool {
    TABLE.iter().any(|entry| entry.chinese.contains(&word))
}

/// The comparison that a word begins with, where rows say it otherwise: what is written, the
/// Chinese and the English word of a row.
pub(super) fn otherwise_compared(word: &str) -> Option<(&'static str, &'static str, &'static str)> {
    // The longer ones first: 大于 begins 大于等于.
    const COMPARED: [(&str, &str, &str); 16] = [
        ("大于或等于", "不低于", "from"),
        ("大于等于", "不低于", "from"),
        ("等于或大于", "不低于", "from"),
        ("不小于", "不低于", "from"),
        ("不少于", "不低于", "from"),
        ("小于或等于", "不高于", "up to"),
        ("小于等于", "不高于", "up to"),
        ("等于或小于", "不高于", "up to"),
        ("不大于", "不高于", "up to"),
        ("不超过", "不高于", "up to"),
        ("不多于", "不高于", "up to"),
        ("大于", "高于", "above"),
        ("多于", "高于", "above"),
        ("超过", "高于", "above"),
        ("小于", "低于", "below"),
        ("少于", "低于", "below"),
    ];
    COMPARED
        .into_iter()
        .find(|(written, _, _)| word.starts_with(written))
}

/// Whether a word begins a bound of a row.
pub(super) fn is_bound(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(
        letters,
        "from"
            | "above"
            | "below"
            | "up"
            | "不低于"
            | "达到"
            | "高于"
            | "不高于"
            | "至多"
            | "低于"
            | "不满"
            | "不足"
            | "以上"
            | "以下"
            | "分以上"
            | "分以下"
    )
}

/// A word cut at the words of the language and those of the text, if it is several: 每问题数扣1
/// gives 每 问题数 扣1.
pub(super) fn parted(word: &str, known: &[&str]) -> Option<String> {
    /// Longer words are not cut.
    const LETTERS: usize = 60;
    let letters: Vec<char> = word.chars().collect();
    if letters.len() > LETTERS || letters.iter().all(char::is_ascii) {
        return None;
    }
    // best[i]: the cut of the first i letters into the fewest words.
    let mut best: Vec<Option<Cut>> = vec![None; letters.len().saturating_add(1)];
    if let Some(start) = best.first_mut() {
        *start = Some(Cut::default());
    }
    for from in 0..letters.len() {
        let Some(before) = best.get(from).cloned().flatten() else {
            continue;
        };
        for to in from.saturating_add(1)..=letters.len() {
            let piece: String = letters.get(from..to).unwrap_or_default().iter().collect();
            let Some(cost) = cost(&piece, word, known) else {
                continue;
            };
            let now = before.with(piece, cost);
            if let Some(slot) = best.get_mut(to)
                && slot.as_ref().is_none_or(|old| now.cost < old.cost)
            {
                *slot = Some(now);
            }
        }
    }
    let cut = best.pop().flatten()?;
    let keywords = cut.pieces.iter().any(|piece| is_keyword(piece));
    (cut.pieces.len() > 1 && keywords).then(|| joined(&cut.pieces))
}

#[derive(Clone, Default)]
struct Cut {
    cost: usize,
    pieces: Vec<String>,
}

impl Cut {
    fn with(&self, piece: String, cost: usize) -> Self {
        let mut pieces = self.pieces.clone();
        pieces.push(piece);
        Self {
            cost: self.cost.saturating_add(cost),
            pieces,
        }
    }
}

/// How unlikely a piece is to be a word; `None` if it cannot be one.
fn cost(piece: &str, whole: &str, known: &[&str]) -> Option<usize> {
    if piece == whole {
        return None;
    }
    if piece.chars().all(|c| c.is_ascii_digit()) || is_keyword(piece) {
        return Some(1);
    }
    let starts_with_digit = piece.starts_with(|c: char| c.is_ascii_digit());
    if known.binary_search(&piece).is_ok() && !starts_with_digit && !NEVER_NAMES.contains(&piece) {
        return Some(1);
    }
    None
}

/// The pieces with blanks between, except before a figure that may touch, and before its unit.
fn joined(pieces: &[String]) -> String {
    let mut out = String::new();
    let mut before: &str = "";
    for piece in pieces {
        let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let may_touch = TABLE
            .iter()
            .any(|entry| entry.end == End::Figure && entry.chinese.contains(&before));
        let behind_figure = matches!(
            piece.as_str(),
            "位小数" | "位" | "项" | "以上" | "以下" | "计" | "的倍数" | "分" | "元" | "次"
        );
        let touches = (digits(piece) && may_touch)
            || (digits(before) && behind_figure)
            || (is_unit(before) && matches!(piece.as_str(), "以上" | "以下"));
        if !out.is_empty() && !touches {
            out.push(' ');
        }
        out.push_str(piece);
        before = piece;
    }
    out
}

fn is_unit(word: &str) -> bool {
    TABLE
        .iter()
        .any(|entry| entry.end == End::Unit && entry.chinese.contains(&word))
}

/// 扣1分 每 问题数 as 每 问题数 扣1分, and 扣5分 若 迟到 as 若 迟到 则 扣5分.
pub(super) fn cause_to_front(wording: &str) -> Option<String> {
    if !wording.starts_with(['扣', '加']) {
        return None;
    }
    let per = wording.find(" 每").map(|at| (at, ""));
    let cause = per.or_else(|| wording.find(" 若 ").map(|at| (at, "则 ")));
    let (at, then) = cause?;
    let (rule, cause) = wording.split_at_checked(at)?;
    Some(format!("{} {then}{}", cause.trim(), rule.trim()))
}

/// 优秀从95 as 不低于95 为 优秀, 95分以上优秀 as 95分以上 为 优秀, 不低于95为优秀 with blanks.
pub(super) fn row(word: &str) -> Option<String> {
    if let Some((test, grade)) = word.split_once('为') {
        return (!test.is_empty() && !grade.is_empty()).then(|| format!("{test} 为 {grade}"));
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let bound = ["以上", "以下"].iter().find_map(|bound| {
            let end = word.find(bound)?.checked_add(bound.len())?;
            word.split_at_checked(end)
        });
        let (test, grade) = bound?;
        return (!grade.is_empty()).then(|| format!("{test} 为 {grade}"));
    }
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let (words, figure) = word.split_at_checked(digits)?;
    let (grade, bound) = ["不低于", "从", "达到", "高于", "低于", "不满"]
        .iter()
        .find_map(|bound| Some((words.strip_suffix(bound)?, *bound)))?;
    let bound = match bound {
        "从" | "达到" => "不低于",
        other => other,
    };
    (!grade.is_empty()).then(|| format!("{bound}{figure} 为 {grade}"))
}

/// 满分五十分 as 满分50分.
pub(super) fn figure_in_words(word: &str) -> Option<String> {
    let mut spellings: Vec<&str> = TABLE
        .iter()
        .filter(|entry| entry.end == End::Figure)
        .flat_map(|entry| entry.chinese.iter().copied())
        .collect();
    spellings.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let (before, rest) = spellings
        .iter()
        .find_map(|spelling| Some((*spelling, word.strip_prefix(spelling)?)))?;
    let (figure, unit) = match rest.strip_suffix(['分', '元', '次']) {
        Some(figure) => (figure, rest.get(figure.len()..).unwrap_or_default()),
        None => (rest, ""),
    };
    let value = value_of(figure)?;
    Some(format!("{before}{value}{unit}"))
}

/// The value of a Chinese numeral below ten thousand.
fn value_of(numeral: &str) -> Option<u32> {
    let digit = |c: char| -> Option<u32> {
        let at = "零一二三四五六七八九".chars().position(|d| d == c);
        match c {
            '〇' => Some(0),
            '两' => Some(2),
            _ => at.and_then(|at| u32::try_from(at).ok()),
        }
    };
    let mut sum = 0_u32;
    let mut waiting = None;
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                waiting = Some(digit(c)?);
                continue;
            }
        };
        let part = waiting.take().unwrap_or(1_u32).checked_mul(unit)?;
        sum = sum.checked_add(part)?;
    }
    (!numeral.is_empty()).then(|| sum.saturating_add(waiting.unwrap_or(0)))
}

/// The first `2012-1-1`, `2012/01/01` or `2012.1.1` of a text: from where to where, and as a date
/// is written.
pub(super) fn loose_date(text: &str) -> Option<(usize, usize, String)> {
    let separator = |c: char| matches!(c, '-' | '/' | '.' | '－' | '／' | '．' | '—');
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let length = rest
        .find(|c: char| !c.is_ascii_digit() && !separator(c))
        .unwrap_or(rest.len());
    let written = rest.get(..length)?.trim_end_matches(separator);
    let figures: Vec<&str> = written.split(separator).collect();
    let [year, month, day] = figures.as_slice() else {
        return None;
    };
    let (month, day): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let in_range = year.len() == 4 && (1..=12).contains(&month) && (1..=31).contains(&day);
    let end = start.saturating_add(written.len());
    in_range.then(|| (start, end, format!("{year}-{month:02}-{day:02}")))
}

/// A day and a time with which a text begins, however its hours and minutes are written: how long
/// it is, and the same as the language writes it.
pub(super) fn loose_time(text: &str) -> Option<(usize, String)> {
    let mut rest = text;
    figure(&mut rest, 4..=4)?;
    if sign(&mut rest, &["年"]).is_some() {
        figure(&mut rest, 1..=2)?;
        sign(&mut rest, &["月"])?;
        figure(&mut rest, 1..=2)?;
        sign(&mut rest, &["日"])?;
    } else {
        for _ in 0..2 {
            sign(&mut rest, &["-", "－"])?;
            figure(&mut rest, 2..=2)?;
        }
    }
    let day = text.get(..text.len().saturating_sub(rest.len()))?;
    rest = rest.trim_start();
    let hour = figure(&mut rest, 1..=2)?;
    let (mut minute, mut second) = ("0".to_owned(), None);
    if sign(&mut rest, &[":", "："]).is_some() {
        minute = figure(&mut rest, 1..=2)?;
        if sign(&mut rest, &[":", "："]).is_some() {
            second = Some(figure(&mut rest, 1..=2)?);
        }
    } else {
        sign(&mut rest, &["时", "時", "点", "點"])?;
        if let Some(written) = figure(&mut rest, 1..=2) {
            minute = written;
            sign(&mut rest, &["分"]);
            second = figure(&mut rest, 1..=2);
            if second.is_some() {
                sign(&mut rest, &["秒"])?;
            }
        }
    }
    let length = text.len().saturating_sub(rest.len());
    let second = second.map_or(String::new(), |second| format!(":{second:0>2}"));
    Some((length, format!("{day} {hour:0>2}:{minute:0>2}{second}")))
}

/// So many digits at the beginning, which are taken off; as ASCII.
fn figure(rest: &mut &str, digits: std::ops::RangeInclusive<usize>) -> Option<String> {
    let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let figure: String = rest.chars().take_while(is_digit).map(plain).collect();
    if !digits.contains(&figure.len()) {
        return None;
    }
    *rest = rest.trim_start_matches(|c: char| is_digit(&c));
    Some(figure)
}

/// One of these at the beginning, which is taken off.
fn sign(rest: &mut &str, signs: &[&str]) -> Option<()> {
    *rest = signs.iter().find_map(|sign| rest.strip_prefix(sign))?;
    Some(())
}
