//! Consequences that stand twice, of which one gives what the other takes, or is the sum of others.
//!
//! Compared are those of one place (of the scheme, or of the rows of one `each`) on the same condition,
//! word for word. Whether different conditions can meet is not asked.

use std::collections::BTreeMap;

use super::shape::shape;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Called, Consequence, Does, Each, FigureKind, Model, Origin, RowKind};
use crate::number::Rational;
use crate::text::{Words, words};

pub(super) static CODES: &[&Code] = &[&CONSEQUENCE_TWICE, &REWARD_AND_FINE, &TOTAL_BESIDE_PARTS];

static CONSEQUENCE_TWICE: Code = Code {
    name: "consequence-twice",
    severity: Severity::Warning,
    page_en: "Two consequences hit the same person on the same condition with the same amount, or \
              under the same label. Somebody would be fined twice for one thing. Usually the second \
              was copied and its condition not changed. Correct it, or delete it.",
    page_zh: "两条奖惩的条件、对象相同，金额或名称也相同：同一件事，同一个人会被罚两次（或奖两次）。\
              多半是照抄了上一条而忘了改条件。请改正，或删去一条。",
    wrong: r#"
scheme service "服务考核" {
    input low_months "连续未达标月数" : count
    consequence fine "经济处罚" amount 2000 yuan to "销售经理" when low_months >= 3 cite "四"
    consequence fine_again "再次处罚" amount 2000 yuan to "销售经理" when low_months >= 3 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    input low_months "连续未达标月数" : count
    consequence fine "经济处罚" amount 2000 yuan to "销售经理" when low_months >= 3 cite "四"
    consequence fine_again "再次处罚" amount 2000 yuan to "销售经理" when low_months >= 6 cite "四"
}
"#,
};

pub(super) static REWARD_AND_FINE: Code = Code {
    name: "reward-and-fine",
    severity: Severity::Warning,
    page_en: "On the same condition the same person is both rewarded and fined: the label of the one \
              speaks of a reward, that of the other of a fine, or their amounts have different signs. \
              One of the conditions is wrong, or they are for different people: say for whom with \
              `to`.",
    page_zh: "同样的条件下，同一个人既受奖又受罚：一条的名称是奖励，另一条是处罚，或金额一正一负。\
              多半有一条的条件写错了；两条针对不同的人的，请用“对象”写明。",
    wrong: r#"
scheme service "服务考核" {
    input score "得分" : points 0..100
    consequence bonus "奖励" amount 500 yuan to "客服员" when score >= 90 cite "四"
    consequence fine "罚款" amount 200 yuan to "客服员" when score >= 90 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    input score "得分" : points 0..100
    consequence bonus "奖励" amount 500 yuan to "客服员" when score >= 90 cite "四"
    consequence fine "罚款" amount 200 yuan to "客服员" when score < 60 cite "四"
}
"#,
};

static TOTAL_BESIDE_PARTS: Code = Code {
    name: "total-beside-its-parts",
    severity: Severity::Note,
    page_en: "One amount is the sum of the others on the same condition: 3000, and 2000 and 1000. A \
              regulation that lists a total and then who pays which part means 3000 in all, and the \
              scheme fines 6000. Keep the parts, or the total. If all of it is meant, nothing needs to \
              change.",
    page_zh: "同一条件下，一笔金额正好是其余各笔之和：3000 元，以及 2000 元、1000 元。\
              条文先写总额、再写各人分担多少的，合计只有 3000 元，方案却罚了 6000 元。\
              请只留分担的各笔，或只留总额；确实要分别执行的，不必改动。",
    wrong: r#"
scheme dealer "满意度考核" {
    input low "连续未达标月数" : count
    consequence fine "处罚" amount 3000 yuan when low >= 3 cite "四"
    consequence manager "处罚销售经理" amount 2000 yuan to "销售经理" when low >= 3 cite "四"
    consequence supervisor "处罚销售主管" amount 1000 yuan to "销售主管" when low >= 3 cite "四"
}
"#,
    right: r#"
scheme dealer "满意度考核" {
    input low "连续未达标月数" : count
    consequence manager "处罚销售经理" amount 2000 yuan to "销售经理" when low >= 3 cite "四"
    consequence supervisor "处罚销售主管" amount 1000 yuan to "销售主管" when low >= 3 cite "四"
}
"#,
};

struct Stated<'a> {
    called: &'a Called,
    consequence: &'a Consequence,
    origin: &'a Origin,
}

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut alone = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Consequence(consequence) => alone.push(Stated {
                called: &figure.called,
                consequence,
                origin: &figure.origin,
            }),
            FigureKind::Each(each) => of_rows(model, each, &mut found),
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Item(_)
            | FigureKind::Group(_)
            | FigureKind::Total(_)
            | FigureKind::Grade(_)
            | FigureKind::Require(_) => {}
        }
    }
    compare(model, &alone, &mut found);
    found
}

fn of_rows(model: &Model, each: &Each, found: &mut Vec<Diagnostic>) {
    let mut open = vec![each];
    while let Some(each) = open.pop() {
        let mut stated = Vec::new();
        for line in &each.lines {
            match &line.kind {
                RowKind::Consequence(consequence) => stated.push(Stated {
                    called: &line.called,
                    consequence,
                    origin: &line.origin,
                }),
                RowKind::Each(inner) => open.push(inner),
                RowKind::Let(_)
                | RowKind::Run { .. }
                | RowKind::Carry { .. }
                | RowKind::Require(_)
                | RowKind::Refuse { .. } => {}
            }
        }
        compare(model, &stated, found);
    }
}

/// Compares the consequences of one place, each with the first of its kind.
fn compare(model: &Model, stated: &[Stated<'_>], found: &mut Vec<Diagnostic>) {
    let mut by_condition: BTreeMap<(String, Option<&str>), Vec<&Stated<'_>>> = BTreeMap::new();
    for one in stated {
        if let Some(condition) = shape(model, one.consequence.when) {
            let to = one.consequence.to.as_deref();
            by_condition.entry((condition, to)).or_default().push(one);
        }
    }
    let mut amounts: BTreeMap<&str, Vec<(Rational, &Stated<'_>)>> = BTreeMap::new();
    for ((condition, _), stated) in &by_condition {
        for one in stated {
            let amount = one.consequence.amount;
            if let Some(amount) = amount.and_then(|amount| model.constant(amount)) {
                amounts.entry(condition).or_default().push((amount, one));
            }
        }
    }
    found.extend(amounts.into_values().filter_map(total_of_others));
    for stated in by_condition.values() {
        let mut seen: BTreeMap<String, &Stated<'_>> = BTreeMap::new();
        let mut gives: Option<&Stated<'_>> = None;
        let mut takes: Option<&Stated<'_>> = None;
        for one in stated {
            let (own, other) = match one.consequence.does(model, one.called) {
                Some(Does::Give) => (&mut gives, takes),
                Some(Does::Take) => (&mut takes, gives),
                None => (&mut None, None),
            };
            own.get_or_insert(one);
            let name = one.called.shown();
            if let Some(other) = other {
                let first = other.called.shown();
                let words = words!(
                    "{first} and {name} come to the same person on the same condition, the one as a reward and the other as a fine",
                    "“{first}”与“{name}”条件、对象都相同，却一奖一罚"
                );
                found.push(told(&REWARD_AND_FINE, one, other, words));
                continue;
            }
            let what = match one.consequence.amount {
                Some(amount) => shape(model, amount),
                None => Some(format!("“{}”", one.called.shown())),
            };
            let Some(what) = what else { continue };
            if let Some(other) = seen.get(&what) {
                let first = other.called.shown();
                let words = if one.consequence.amount.is_some() {
                    words!(
                        "{name} repeats {first}: the same condition, the same person, the same amount",
                        "“{name}”与“{first}”重复：条件、对象、金额都相同"
                    )
                } else {
                    words!(
                        "{name} stands twice, on the same condition and for the same person",
                        "“{name}”写了两次，条件、对象都相同"
                    )
                };
                found.push(told(&CONSEQUENCE_TWICE, one, other, words));
            } else {
                seen.insert(what, one);
            }
        }
    }
}

/// The greatest of at least three amounts, if the others add up to it.
fn total_of_others(mut amounts: Vec<(Rational, &Stated<'_>)>) -> Option<Diagnostic> {
    amounts.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (total, whole) = amounts.pop()?;
    let sum = amounts
        .iter()
        .fold(Rational::ZERO, |sum, (amount, _)| sum + amount);
    if amounts.len() < 2 || sum != total {
        return None;
    }
    let name = whole.called.shown();
    let words = words!(
        "the amount of {name}, {total}, is the sum of the others on this condition: twice that falls due in all",
        "“{name}”的金额 {total} 正好是同一条件下其余各笔之和，合起来就是两倍"
    );
    let mut diagnostic = Diagnostic::new(&TOTAL_BESIDE_PARTS, whole.origin.span, words);
    for (amount, part) in amounts {
        diagnostic = diagnostic.with_label(part.origin.span, words!("{amount}", "{amount}"));
    }
    Some(diagnostic.with_help(words!(
        "keep the total, or its parts",
        "请只留总额，或只留各人分担的部分"
    )))
}

fn told(code: &'static Code, one: &Stated<'_>, other: &Stated<'_>, words: Words) -> Diagnostic {
    Diagnostic::new(code, one.origin.span, words)
        .with_label(other.origin.span, words!("the other one", "另一条"))
        .with_help(words!(
            "correct the condition of one, say with `to` for whom it is, or delete it",
            "请改正其中一条的条件，用“对象”写明针对谁，或删去一条"
        ))
}

#[cfg(test)]
mod tests {
    const OWN: [&str; 3] = [
        "consequence-twice",
        "reward-and-fine",
        "total-beside-its-parts",
    ];

    fn told(lines: &str) -> Vec<&'static str> {
        let text = format!(
            "scheme s {{\ninput a : count\ninput b : flag\ninput rows : list of {{ n : count }}\n{lines}\n}}"
        );
        let found = crate::check(&text).diagnostics;
        let errors: Vec<_> = found
            .iter()
            .filter(|found| found.severity() == crate::diagnostic::Severity::Error)
            .map(|found| (found.code.name, &found.message.en))
            .collect();
        assert!(errors.is_empty(), "{text}: {errors:?}");
        let codes = found.iter().map(|found| found.code.name);
        codes.filter(|name| OWN.contains(name)).collect()
    }

    #[test]
    fn conditions_are_compared_by_what_they_say() {
        assert_eq!(
            told(
                "consequence x amount 5 yuan when a > 3 and not b\n\
                 consequence y amount 5 yuan when (a > 3) and not b"
            ),
            ["consequence-twice"]
        );
        for other in [
            "a > 4 and not b",
            "a > 3 and b",
            "a > 3 or not b",
            "a >= 3 and not b",
        ] {
            assert_eq!(
                told(&format!(
                    "consequence x amount 5 yuan when a > 3 and not b\n\
                     consequence y amount 5 yuan when {other}"
                )),
                Vec::<&str>::new(),
                "{other}"
            );
        }
    }

    #[test]
    fn other_people_other_amounts_and_other_actions_are_no_repetition() {
        for pair in [
            "consequence x amount 5 yuan to \"甲\" when b\nconsequence y amount 5 yuan to \"乙\" when b",
            "consequence x amount 5 yuan when b\nconsequence y amount 6 yuan when b",
            "consequence x \"通报\" when b\nconsequence y \"培训\" when b",
            "consequence x \"罚款\" amount 5 yuan to \"甲\" when b\n\
             consequence y \"奖励\" amount 9 yuan to \"乙\" when b",
            "consequence x \"扣发奖金\" amount 5 yuan when b\nconsequence y \"罚款\" amount 9 yuan when b",
        ] {
            assert_eq!(told(pair), Vec::<&str>::new(), "{pair}");
        }
    }

    #[test]
    fn rows_are_looked_at_too_and_apart_from_the_scheme() {
        let rows = "each r in rows {\nconsequence x \"奖励\" amount 5 yuan when r.n > 2\n\
                    consequence y \"处罚\" amount 9 yuan when r.n > 2\n}";
        assert_eq!(told(rows), ["reward-and-fine"]);
        assert_eq!(
            told(
                "consequence x \"奖\" when a > 2\neach r in rows {\nconsequence y \"罚\" when a > 2\n}"
            ),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn a_total_is_the_sum_of_all_others() {
        let three = |last: &str, when: &str| {
            format!(
                "consequence x amount 3000 yuan when a > 2\nconsequence y amount 2000 yuan to \"乙\" when a > 2\n\
                 consequence z amount {last} yuan to \"丙\" when {when}"
            )
        };
        assert_eq!(told(&three("1000", "a > 2")), ["total-beside-its-parts"]);
        assert_eq!(told(&three("900", "a > 2")), Vec::<&str>::new());
        assert_eq!(told(&three("1000", "a > 3")), Vec::<&str>::new());
    }
}
