//! A comparison for people: sentences, and tables of what differs for whom.

use std::io::{self, Write};

use assize::difference::{Change, Proof, Sameness};
use assize::number::Rational;
use assize::text::{Language, Words};
use indexmap::IndexMap;

use super::Report;
use super::data::{Comparison, Way};
use crate::aligned::write_aligned;
use crate::visible;
use crate::words::words;
use crate::write::Data;

pub fn write(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    for change in &report.changes {
        sentence(out, change, language)?;
    }
    if !report.articles.is_empty() {
        if !report.changes.is_empty() {
            writeln!(out)?;
        }
        let heading = words!("Articles alone:", "仅条款变动：");
        writeln!(out, "{}", heading.in_language(language))?;
        for change in &report.articles {
            sentence(out, change, language)?;
        }
    }
    if let Some(proof) = report.proof {
        writeln!(out)?;
        proved(out, proof, language)?;
    }
    let Some(data) = report.data else {
        return Ok(());
    };
    if !(report.changes.is_empty() && report.articles.is_empty()) {
        writeln!(out)?;
    }
    if !data.affected.is_empty() {
        subjects(out, data, language)?;
        writeln!(out)?;
    }
    for words in counts(data) {
        writeln!(out, "{}", words.in_language(language))?;
    }
    money(out, data, language)
}

/// For whom results differ.
fn proved(out: &mut dyn Write, proof: &Proof, language: Language) -> io::Result<()> {
    if proof.is_same() {
        let words = words!(
            "Proved: no subject's result can differ.",
            "已证明：任何对象的结果都不会不同。"
        );
        return writeln!(out, "{}", words.in_language(language));
    }
    let heading = words!(
        "For every subject that both score:",
        "对两个方案都评分的所有对象："
    );
    writeln!(out, "{}", heading.in_language(language))?;
    let scored = words!("who is scored", "是否评分");
    let results = proof.results.iter();
    let results = results.map(|compared| (compared.label.as_str(), &compared.sameness));
    let all = results.chain([(scored.in_language(language), &proof.scored)]);
    for (label, sameness) in all {
        let verdict = sameness.words();
        let line = match sameness.counter_example() {
            Some(example) => example.words.in_language(language),
            None => verdict.in_language(language),
        };
        let line = match sameness {
            Sameness::Differs(_) => {
                format!("{label}: {}: {line}", verdict.in_language(language))
            }
            Sameness::Same | Sameness::Undecided => format!("{label}: {line}"),
        };
        writeln!(out, "  {}", visible::line(&line))?;
        for subject in sameness
            .counter_example()
            .iter()
            .flat_map(|one| &one.subjects)
        {
            writeln!(out, "    {}", Data(subject).line()?)?;
        }
    }
    Ok(())
}

/// A change with its articles.
fn sentence(out: &mut dyn Write, change: &Change, language: Language) -> io::Result<()> {
    let words = change.words();
    let (old, new) = (&change.old_article, &change.new_article);
    let articles = match (old, new) {
        // The sentence says them itself.
        _ if change.aspect == Some(assize::difference::Aspect::Article) => String::new(),
        (Some(old), Some(new)) if old == new => format!("  〔{old}〕"),
        (Some(old), Some(new)) => format!("  〔{old} → {new}〕"),
        (Some(one), None) | (None, Some(one)) => format!("  〔{one}〕"),
        (None, None) => String::new(),
    };
    let line = format!("{}{articles}", words.in_language(language));
    writeln!(out, "{}", visible::line(&line))
}

fn subjects(out: &mut dyn Write, data: &Comparison, language: Language) -> io::Result<()> {
    let headings = [
        words!("subject", "考核对象"),
        words!("period", "周期"),
        words!("what", "内容"),
        words!("old", "原方案"),
        words!("new", "新方案"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    let or_dash = |words: &Option<Words>| {
        let text = words.as_ref().map(|words| words.in_language(language));
        text.unwrap_or("-").to_owned()
    };
    for affected in &data.affected {
        for line in &affected.lines {
            rows.push([
                affected.name.clone(),
                affected.period.clone().unwrap_or_else(|| "-".to_owned()),
                line.what.in_language(language).to_owned(),
                or_dash(&line.old),
                or_dash(&line.new),
            ]);
        }
    }
    write_aligned(out, &rows)
}

/// The counts, which add up.
fn counts(data: &Comparison) -> Vec<Words> {
    let (all, differ) = (data.all(), data.differ());
    let same = all.saturating_sub(differ);
    let mut told = vec![words!(
        "subjects: {all}; with differences: {differ}; the same: {same}",
        "共 {all} 个考核对象：{differ} 个有变动，{same} 个不变"
    )];
    for (way, count) in &data.other_results {
        told.push(match way {
            Way::Scored => words!(
                "  {count} scored by both, with other results",
                "  {count} 个两次均已评分，结果不同"
            ),
            Way::NoResult => words!(
                "  {count} without result by both, for another reason",
                "  {count} 个两次均不出具结果，原因不同"
            ),
            Way::Refused | Way::Absent => words!(
                "  {count} refused by both, for another reason",
                "  {count} 个两次均被拒收，原因不同"
            ),
        });
    }
    for ((old, new), count) in &data.ways {
        if old != new {
            let (old, new) = (old.words(), new.words());
            let (old_en, old_zh, new_en, new_zh) = (old.en, old.zh, new.en, new.zh);
            told.push(words!(
                "  {count} {old_en} before, {new_en} now",
                "  {count} 个由“{old_zh}”变为“{new_zh}”"
            ));
        }
    }
    let shown = u64::try_from(data.affected.len()).unwrap_or(u64::MAX);
    if shown < differ {
        told.push(words!(
            "the first {shown} are shown; --format json has them all",
            "以上只列出前 {shown} 个；--format json 列出全部"
        ));
    }
    told
}

fn money(out: &mut dyn Write, data: &Comparison, language: Language) -> io::Result<()> {
    let headings = [
        words!("money (yuan)", "金额（元）"),
        words!("old", "原方案"),
        words!("new", "新方案"),
        words!("difference", "差额"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    let kinds = [
        (&data.consequences, words!("all consequences", "奖惩合计")),
        (&data.results, words!("all results", "结果合计")),
    ];
    for (sums, all) in kinds {
        let row = |name: &str, (old, new): &(Rational, Rational)| {
            [
                name.to_owned(),
                old.to_string(),
                new.to_string(),
                signed(&(new - old)),
            ]
        };
        let named = sums.iter();
        rows.extend(named.map(|(name, sums)| row(&data.called(name), sums)));
        if !sums.is_empty() {
            rows.push(row(all.in_language(language), &sum(sums)));
        }
    }
    if rows.len() > 1 {
        writeln!(out)?;
        write_aligned(out, &rows)?;
    }
    Ok(())
}

/// All of them together.
pub fn sum(sums: &IndexMap<String, (Rational, Rational)>) -> (Rational, Rational) {
    let mut all = (Rational::ZERO, Rational::ZERO);
    for (old, new) in sums.values() {
        all = (&all.0 + old, &all.1 + new);
    }
    all
}

/// A difference with its sign.
fn signed(figure: &Rational) -> String {
    if figure.is_zero() || figure.is_negative() {
        figure.to_string()
    } else {
        format!("+{figure}")
    }
}
