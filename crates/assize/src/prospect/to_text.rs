//! What lies ahead of a subject, in sentences.

use super::{
    Chance, Change, Extent, LostPoints, Move, NextGrade, Possible, PossibleTotal, Shown, Single,
    Way, figure,
};
use crate::number::Rational;
use crate::text::{Language, Words, words};

impl NextGrade {
    /// The way to the next grade as lines of text.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let label = &self.grade.of.label;
        let Words { en: now, zh } = &self.grade.value;
        let Some(next) = &self.next else {
            let words = words!(
                "{label}: {now}, the best there is",
                "{label}：现为“{zh}”，已是最好的一档"
            );
            return ended(vec![words], language);
        };
        let mut lines = vec![words!(
            "{label}: {now}; the next better is {next}",
            "{label}：现为“{zh}”，上一档为“{next}”"
        )];
        if self.single.is_empty() {
            lines.push(words!(
                "  nothing on which it depends can change",
                "  没有可以变动的数据"
            ));
            return ended(lines, language);
        }
        let alone = |wanted: &dyn Fn(&Way) -> bool| -> Vec<&Single> {
            let all = self.single.iter();
            all.filter(|single| wanted(&single.way)).collect()
        };
        let enough = self.single.iter().filter_map(|single| match &single.way {
            Way::By(change) => Some(told(change)),
            Way::None | Way::Undecided => None,
        });
        let before = lines.len();
        lines.extend(enough.map(|Words { en, zh }| words!("    {en}", "    {zh}")));
        // The only one is the smallest.
        let is_only = lines.len() == before.saturating_add(1);
        if lines.len() > before {
            lines.insert(
                before,
                words!("  one alone is enough:", "  只变动一项就够的："),
            );
        }
        if let Some(Words { en, zh }) = listed(&alone(&|way| *way == Way::None)) {
            lines.push(words!(
                "  not enough alone: {en}",
                "  单独变动达不到的：{zh}"
            ));
        }
        if let Some(Words { en, zh }) = listed(&alone(&|way| *way == Way::Undecided)) {
            lines.push(words!(
                "  not known whether enough alone: {en}",
                "  单独变动够不够，未能判定的：{zh}"
            ));
        }
        lines.push(match &self.smallest {
            Way::By(_) if is_only => return ended(lines, language),
            Way::By(change) => {
                let Words { en, zh } = told(change);
                words!("  the smallest change: {en}", "  最小的变动：{zh}")
            }
            Way::None => words!(
                "  no change of these data reaches it, not even of all together",
                "  这些数据无论怎样变动，即使一起变动，也达不到"
            ),
            Way::Undecided => words!(
                "  no change found; not proved that there is none",
                "  没有找到可行的变动，也未能证明不存在"
            ),
        });
        ended(lines, language)
    }
}

/// A change and what comes of it.
fn told(change: &Change) -> Words {
    let moves: Vec<Words> = change.moves.iter().map(moved).collect();
    let en: Vec<&str> = moves.iter().map(|words| words.en.as_str()).collect();
    let zh: Vec<&str> = moves.iter().map(|words| words.zh.as_str()).collect();
    let (en, zh) = (en.join(", "), zh.join("，"));
    let gives: Vec<Words> = change.gives.iter().map(given).collect();
    let gives_en: Vec<&str> = gives.iter().map(|words| words.en.as_str()).collect();
    let gives_zh: Vec<&str> = gives.iter().map(|words| words.zh.as_str()).collect();
    let (gives_en, gives_zh) = (gives_en.join(", "), gives_zh.join("，"));
    let (doubt_en, doubt_zh) = if change.is_smallest {
        ("", "")
    } else {
        (" (a smaller change may do)", "（或许变动更小也够）")
    };
    words!("{en}: {gives_en}{doubt_en}", "{zh}：{gives_zh}{doubt_zh}")
}

/// Data with what they are, if there are any.
fn listed(all: &[&Single]) -> Option<Words> {
    let en: Vec<String> = all
        .iter()
        .map(|own| format!("{} (now {})", own.datum.of.label, own.datum.value.en))
        .collect();
    let zh: Vec<String> = all
        .iter()
        .map(|own| format!("{}（现为 {}）", own.datum.of.label, own.datum.value.zh))
        .collect();
    (!all.is_empty()).then(|| Words {
        en: en.join(", "),
        zh: zh.join("、"),
    })
}

fn given(shown: &Shown) -> Words {
    let label = &shown.of.label;
    let Words { en, zh } = &shown.value;
    // A level is a word, a total a figure.
    if zh.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        words!("{label} {en}", "{label} {zh}")
    } else {
        words!("{label} {en}", "{label}“{zh}”")
    }
}

fn moved(own: &Move) -> Words {
    let label = &own.of.label;
    let (from, to) = (&own.from, &own.to);
    let (from_en, to_en, from_zh, to_zh) = (&from.en, &to.en, &from.zh, &to.zh);
    let Some(by) = &own.by else {
        return words!(
            "{label} from {from_en} to {to_en}",
            "{label}由“{from_zh}”改为“{to_zh}”"
        );
    };
    let size = figure(&by.abs());
    let rises = by.signum() > 0;
    if let Some(limit) = &own.beyond {
        let limit = figure(limit);
        return if rises {
            words!(
                "{label} above {limit}, as {to_en} (now {from_en})",
                "{label}高于 {limit}，如 {to_zh}（现为 {from_zh}）"
            )
        } else {
            words!(
                "{label} below {limit}, as {to_en} (now {from_en})",
                "{label}低于 {limit}，如 {to_zh}（现为 {from_zh}）"
            )
        };
    }
    if rises {
        words!(
            "{label} {size} more ({from_en} to {to_en})",
            "{label}增加 {size}（{from_zh} 改为 {to_zh}）"
        )
    } else {
        words!(
            "{label} {size} less ({from_en} to {to_en})",
            "{label}减少 {size}（{from_zh} 改为 {to_zh}）"
        )
    }
}

impl LostPoints {
    /// What each point was lost to, as lines of text.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let label = &self.total.of.label;
        let (full, value) = (figure(&self.full), figure(&self.value));
        let lost = figure(&(&self.full - &self.value));
        let mut lines = vec![words!(
            "{label}: {value} of {full}, {lost} lost",
            "{label}：满分 {full}，得 {value}，失 {lost}"
        )];
        for entry in &self.entries {
            let (of, Words { en, zh }) = (&entry.of.label, &entry.words);
            let article = entry
                .article
                .as_ref()
                .map_or_else(String::new, |article| format!("  〔{article}〕"));
            let points = figure(&entry.points.abs());
            lines.push(if entry.points.is_negative() {
                words!(
                    "  {points} given back  {of}: {en}{article}",
                    "  补回 {points}  {of}：{zh}{article}"
                )
            } else {
                words!(
                    "  {points} lost  {of}: {en}{article}",
                    "  失 {points}  {of}：{zh}{article}"
                )
            });
        }
        ended(lines, language)
    }
}

impl Possible {
    /// What is still possible, as lines of text.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let missing: Vec<&str> = self.missing.iter().map(|own| own.label.as_str()).collect();
        let mut lines = vec![if missing.is_empty() {
            words!("nothing is missing", "数据齐全，没有缺项")
        } else {
            let (en, zh) = (missing.join(", "), missing.join("、"));
            words!("not given yet: {en}", "尚未填报：{zh}")
        }];
        for grade in &self.grades {
            let label = &grade.of.label;
            lines.push(words!("{label}:", "{label}："));
            for (level, chance) in &grade.levels {
                lines.push(match chance {
                    Chance::With(data) => {
                        let Words { en, zh } = with(data);
                        words!("  {level}: possible{en}", "  {level}：仍有可能{zh}")
                    }
                    Chance::Never => words!("  {level}: ruled out", "  {level}：已不可能"),
                    Chance::Undecided => words!(
                        "  {level}: none found; not proved that it is ruled out",
                        "  {level}：没有找到，也未能证明不可能"
                    ),
                });
            }
        }
        lines.extend(self.totals.iter().map(range));
        ended(lines, language)
    }
}

fn with(data: &[Shown]) -> Words {
    if data.is_empty() {
        return words!("", "");
    }
    let en: Vec<String> = data
        .iter()
        .map(|own| format!("{} {}", own.of.label, own.value.en))
        .collect();
    let zh: Vec<String> = data
        .iter()
        .map(|own| format!("{} {}", own.of.label, own.value.zh))
        .collect();
    let (en, zh) = (en.join(", "), zh.join("，"));
    words!(", as with {en}", "，如：{zh}")
}

fn range(total: &PossibleTotal) -> Words {
    let label = &total.of.label;
    if let (Extent::Nothing, _) | (_, Extent::Nothing) = (&total.least, &total.greatest) {
        return words!("{label}: no value is possible", "{label}：不会有值");
    }
    let least = end(&total.least, &words!("at least", "最低"));
    let greatest = end(&total.greatest, &words!("at most", "最高"));
    let (en, most_en) = (least.en, greatest.en);
    let (zh, most_zh) = (least.zh, greatest.zh);
    words!("{label}: {en}; {most_en}", "{label}：{zh}；{most_zh}")
}

fn end(extent: &Extent, word: &Words) -> Words {
    let Words { en, zh } = word;
    let shown = |value: &Rational| figure(value);
    match extent {
        Extent::At(value, data) => {
            let value = shown(value);
            let Words { en: data, zh: list } = with(data);
            words!("{en} {value}{data}", "{zh} {value}{list}")
        }
        Extent::Near(value) => {
            let value = shown(value);
            words!(
                "{en} {value} (not quite reached)",
                "{zh} {value}（可无限接近，达不到）"
            )
        }
        Extent::Endless => words!("{en}: no limit", "{zh}：没有界限"),
        Extent::Nothing => words!("{en}: none", "{zh}：无"),
        Extent::Undecided(Some(value)) => {
            let value = shown(value);
            words!(
                "{en}: not decided, {value} was found",
                "{zh}：未能判定，已找到 {value}"
            )
        }
        Extent::Undecided(None) => words!("{en}: not decided", "{zh}：未能判定"),
    }
}

fn ended(lines: Vec<Words>, language: Language) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.in_language(language));
        text.push('\n');
    }
    text
}
