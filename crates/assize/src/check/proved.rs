//! What a proof shows to be wrong with a scheme: marks that are not kept, limits that never act,
//! levels that nobody can have, directions turned round, consequences that never follow. Weights that
//! do not add up are told where they are written.
//!
//! Only what is refuted for certain is told: by data that the evaluator has scored, or because no
//! data can show it. What the effort of a check leaves open is not; `Scheme::prove` says so.

use super::consequences::REWARD_AND_FINE;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::prove::{Kind, Prover};
use crate::text::{Span, Words, words};

pub(super) static CODES: &[&Code] = &[
    &MARKS_NOT_KEPT,
    &LIMIT_NEVER_ACTS,
    &LEVEL_OUT_OF_REACH,
    &BETTER_SCORES_WORSE,
    &GAINS_BY_MISSING,
    &CONSEQUENCE_NEVER_FIRES,
    &LINE_NEVER_COUNTS,
    &AMOUNT_CHANGES_SIGN,
];

static MARKS_NOT_KEPT: Code = Code {
    name: "marks-not-kept",
    severity: Severity::Warning,
    page_en: "A score can go below 0, or above the full marks, and nothing in the scheme says that it \
              may. The finding names data with which it does. Usually a deduction has no floor, or a \
              bonus no cap. Write `not below 0` or `not above 100` with its article; where the \
              regulation means it so, write `may go below zero` or `may exceed`.",
    page_zh: "得分会低于 0 分，或高于满分，而方案没有写允许这样。提示中给出了会出现这种情况的数据。\
              多半是扣分没有写最低分，或加分没有写最高分。请写明“不低于 0”“不高于 100”及其条款；\
              条文本意如此的，请写“可低于零分”或“可超满分”。",
    wrong: r#"
scheme outlet "网点服务考核" {
    input service, environment : points 0..100
    input complaint_deduction "客户投诉扣分" : points 0..
    group inspection "检查" cite "五" {
        60% of service
        40% of environment
    }
    total { deduct complaint_deduction }
}
"#,
    right: r#"
scheme outlet "网点服务考核" {
    input service, environment : points 0..100
    input complaint_deduction "客户投诉扣分" : points 0..
    group inspection "检查" cite "五" {
        60% of service
        40% of environment
    }
    total {
        deduct complaint_deduction
        not below 0 cite "五"
    }
}
"#,
};

static LIMIT_NEVER_ACTS: Code = Code {
    name: "limit-never-acts",
    severity: Severity::Note,
    page_en: "A floor or a cap changes nobody's score: the score never gets there. Often that is \
              as it should be, for a limit written to be on the safe side; so this is only a note. \
              Sometimes the limit has a wrong figure, or the deductions are cut off before it.",
    page_zh: "某个最低分或最高分对谁都不起作用：得分到不了那里。条文为稳妥而写的上下限常常如此，所以只作提示。\
              也可能是上下限的数写错了，或扣分在此之前已被截住。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count up to 5, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 50
        deduct 2 per late
        not below 10 cite "二"
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count up to 25, lower is better
    item attendance "出勤" out of 50 cite "二" {
        start at 50
        deduct 2 per late
        not below 10 cite "二"
    }
}
"#,
};

static LEVEL_OUT_OF_REACH: Code = Code {
    name: "level-out-of-reach",
    severity: Severity::Warning,
    page_en: "Nobody can have this level of a grade, whatever the data: the score never comes into its \
              band, or a condition that leads to it contradicts another. Correct the limits of \
              the band or the marks; a level that the regulation names and cannot give is worth \
              a question to its author.",
    page_zh: "无论数据怎样，谁也得不到这个等级：得分落不到这一档，或得到它的条件互相矛盾。请核对分档的界限和各项分值；\
              条文写了却不可能给出的等级，值得向制定人问清楚。",
    wrong: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    input mended "已整改" : flag
    item service "服务" out of 90 cite "二" {
        start at 90
        deduct 5 per complaints
    }
    item mending "整改" out of 10 cite "二" {
        add 10 when complaints > 0 and mended
    }
    grade "等次" by total cite "三" {
        from 98   => 优秀
        from 60   => 合格
        otherwise => 不合格
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    out of 100
    input complaints "投诉" : count, lower is better
    input mended "已整改" : flag
    item service "服务" out of 90 cite "二" {
        start at 90
        deduct 5 per complaints
    }
    item mending "整改" out of 10 cite "二" {
        add 10 when complaints = 0 or mended
    }
    grade "等次" by total cite "三" {
        from 98   => 优秀
        from 60   => 合格
        otherwise => 不合格
    }
}
"#,
};

static BETTER_SCORES_WORSE: Code = Code {
    name: "better-scores-worse",
    severity: Severity::Warning,
    page_en: "An input says which way is better, and for some data a better figure gives a worse \
              result. The finding names the data, and both results. A formula may be upside \
              down, a table may turn round, or the direction of the input is wrong: correct one \
              of them, for people will find out.",
    page_zh: "输入写明了越高越好或越低越好，而有些数据下，变好之后结果反而变差。提示中给出了这样的数据和前后两个结果。\
              可能是公式写反了，表中某一档倒了过来，或输入的好坏方向写错了。请改正其一：被考评的人迟早会发现。",
    wrong: r#"
scheme replies "回复率考核" {
    input received "收到" : count 1..
    input replied "已回复" : count up to received, higher is better
    item quality "服务质量" out of 100 cite "一" {
        score (received - replied) / received * 100
    }
}
"#,
    right: r#"
scheme replies "回复率考核" {
    input received "收到" : count 1..
    input replied "已回复" : count up to received, higher is better
    item quality "服务质量" out of 100 cite "一" {
        score replied / received * 100
    }
}
"#,
};

static GAINS_BY_MISSING: Code = Code {
    name: "gains-by-missing",
    severity: Severity::Note,
    page_en: "For some data, leaving a figure out gives a better result than giving it. The finding \
              names the data, and both results. Wherever the weight of a missing part goes to the \
              others this is so for a weak part; the regulation may well mean it. Where it does \
              not, write `missing => count as zero`, or make the figure required.",
    page_zh: "有些数据下，不填某项反而比填了得分更高。提示中给出了这样的数据和前后两个结果。\
              缺项的权重由其余各项分担时，较弱的一项总是如此，条文也可能正是这个意思，所以只作提示。\
              如不是，请写“缺项 则 按零分计”，或要求必填。",
    wrong: r#"
scheme outlet "网点检查" {
    input offsite "非现场检查" : points 0..100
    input onsite "现场检查" : points 0..100, optional
    group inspection "检查得分" cite "五" {
        60% of offsite
        40% of onsite
        missing => share the missing weight in proportion
    }
}
"#,
    right: r#"
scheme outlet "网点检查" {
    input offsite "非现场检查" : points 0..100
    input onsite "现场检查" : points 0..100, optional
    group inspection "检查得分" cite "五" {
        60% of offsite
        40% of onsite
        missing => count as zero
    }
}
"#,
};

static CONSEQUENCE_NEVER_FIRES: Code = Code {
    name: "consequence-never-fires",
    severity: Severity::Warning,
    page_en: "A reward or a penalty follows for nobody, whatever the data: its conditions contradict \
              each other, or the score never gets there. Compare the conditions with the \
              article, and with the bands of the grade.",
    page_zh: "无论数据怎样，某项奖励或处罚对谁都不适用：它的各个条件互相矛盾，或得分到不了那里。\
              请把条件与条文、与等级的分档对照核实。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 10 per complaints
    }
    consequence bonus "奖励" amount 200 yuan when service >= 90 and complaints > 2 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 10 per complaints
    }
    consequence bonus "奖励" amount 200 yuan when service >= 90 and complaints <= 1 cite "四"
}
"#,
};

static LINE_NEVER_COUNTS: Code = Code {
    name: "line-never-counts",
    severity: Severity::Warning,
    page_en: "An `add` or `deduct` line, or one behind the levels of a grade, changes nobody's score: what it counts is always 0, or its \
              condition holds for nobody. Compare its condition and its figures with the article.",
    page_zh: "某行加分、扣分，或等级后面的某行，对谁都不起作用：它所数的总是 0，它的条件谁也不符合，或等级本来就是那样。\
              请把条件和数字与条文核对。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count up to 5, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 10 per complaints
        deduct 20 per complaints beyond 5 cite "二"
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count up to 5, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 10 per complaints
        deduct 20 per complaints beyond 3 cite "二"
    }
}
"#,
};

static AMOUNT_CHANGES_SIGN: Code = Code {
    name: "amount-changes-sign",
    severity: Severity::Warning,
    page_en: "The amount of a consequence is above 0 for some data and below 0 for other: a bonus that \
              somebody has to pay, or a fine that is paid out. The finding names data with which it is \
              below 0. Mostly the condition lets in figures for which the formula was not meant; \
              correct it, or keep the amount at 0 with `max of (0 yuan, …)`.",
    page_zh: "某项奖惩的金额有时为正、有时为负：奖励变成要倒扣钱，或罚款反而发钱。提示中给出了金额为负的数据。\
              多半是条件放进了公式不适用的数。请改正条件，或用“最大值 (0元, …)”把金额限制在 0 以上。",
    wrong: r#"
scheme service "服务考核" {
    input praised "表扬" : count, higher is better
    consequence bonus "奖励" amount 50 yuan * (praised - 3) when praised > 1 cite "四"
}
"#,
    right: r#"
scheme service "服务考核" {
    input praised "表扬" : count, higher is better
    consequence bonus "奖励" amount 50 yuan * (praised - 3) when praised > 3 cite "四"
}
"#,
};

/// The code of a property that does not hold; none for what other findings tell.
const fn code(kind: Kind) -> Option<&'static Code> {
    Some(match kind {
        Kind::WithinMarks => &MARKS_NOT_KEPT,
        Kind::LimitActs => &LIMIT_NEVER_ACTS,
        Kind::LevelReachable => &LEVEL_OUT_OF_REACH,
        Kind::Direction => &BETTER_SCORES_WORSE,
        Kind::Missing => &GAINS_BY_MISSING,
        Kind::LineActs => &LINE_NEVER_COUNTS,
        Kind::ConsequenceFires => &CONSEQUENCE_NEVER_FIRES,
        Kind::AmountSign => &AMOUNT_CHANGES_SIGN,
        Kind::Contradiction => &REWARD_AND_FINE,
        Kind::Guarantee
        | Kind::Weights
        | Kind::Division
        | Kind::Extent
        | Kind::Exhausted
        | Kind::Jump
        | Kind::Excludes => {
            return None;
        }
    })
}

/// What is refuted; `told` is what is known already.
pub(super) fn check(prover: &Prover<'_>, told: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for asked in prover.told() {
        let Some(code) = code(asked.kind) else {
            continue;
        };
        let denied = asked.denied.clone();
        let property = prover.property(asked);
        if !property.verdict.is_refuted() {
            continue;
        }
        let span = if property.span == Span::default() {
            first_written(prover.model)
        } else {
            property.span
        };
        if is_told(code, span, prover.model, told) || is_repeated(code, span, property.span, &found)
        {
            continue;
        }
        let Words { en, zh } = &property.claim;
        let message = match (denied, property.verdict.counter_example()) {
            (Some(denied), _) => denied,
            (None, Some(example)) => {
                let (own_en, own_zh) = (&example.words.en, &example.words.zh);
                words!(
                    "it does not hold that {en}: {own_en}",
                    "“{zh}”不成立：{own_zh}"
                )
            }
            (None, None) => words!("it does not hold that {en}", "“{zh}”不成立"),
        };
        found.push(Diagnostic::new(code, span, message));
    }
    found
}

/// Whether another finding gives the reason: it stands in the same figure, or names the same place.
fn is_told(code: &Code, span: Span, model: &Model, told: &[Diagnostic]) -> bool {
    let reasons: &[&str] = match code.name {
        name if name == LEVEL_OUT_OF_REACH.name || name == CONSEQUENCE_NEVER_FIRES.name => &[
            "line-never-holds",
            "comparison-never-changes",
            "lines-overlap",
        ],
        name if name == LINE_NEVER_COUNTS.name => &["comparison-never-changes"],
        name if name == REWARD_AND_FINE.name => &["reward-and-fine"],
        name if name == BETTER_SCORES_WORSE.name => &["rule-against-direction"],
        name if name == MARKS_NOT_KEPT.name => &["mark-without-highest"],
        _ => return false,
    };
    let starts = model.figures.iter().map(|figure| figure.origin.span.start);
    let next = starts.filter(|start| *start > span.start).min();
    let inside =
        |other: Span| span.start <= other.start && next.is_none_or(|next| other.start < next);
    told.iter().any(|other| {
        let named = other.labels.iter().any(|label| label.span == span);
        reasons.contains(&other.code.name) && (named || inside(other.span))
    })
}

/// Whether the same is told already: of one place, or of the figure of which the total consists,
/// where the total is not written.
fn is_repeated(code: &Code, span: Span, written: Span, found: &[Diagnostic]) -> bool {
    let mut same = found.iter().filter(|other| other.code == code);
    match code.name {
        // One figure may be out of reach below and above; each level is a finding of its own.
        name if name == MARKS_NOT_KEPT.name => written == Span::default() && same.next().is_some(),
        name if name == LEVEL_OUT_OF_REACH.name => false,
        _ => same.any(|other| other.span == span),
    }
}

/// Where the first figure stands, for what stands nowhere itself.
fn first_written(model: &Model) -> Span {
    let spans = model.figures.iter().map(|figure| figure.origin.span);
    spans
        .filter(|span| *span != Span::default())
        .min()
        .unwrap_or_default()
}
