//! The findings that making the model can have, each with its page.

use crate::diagnostic::{Code, Severity};

pub(crate) static UNKNOWN_NAME: Code = Code {
    name: "unknown-name",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static UNKNOWN_OPTION: Code = Code {
    name: "unknown-option",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static UNKNOWN_FAULT: Code = Code {
    name: "unknown-fault-code",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static NAME_TAKEN: Code = Code {
    name: "name-taken",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static STATEMENT_TWICE: Code = Code {
    name: "statement-twice",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static MISPLACED: Code = Code {
    name: "misplaced-line",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static CIRCULAR: Code = Code {
    name: "circular-figures",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static TYPE_MISMATCH: Code = Code {
    name: "type-mismatch",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static UNITS_MIXED: Code = Code {
    name: "units-mixed",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static PERCENT_AGAINST_NUMBER: Code = Code {
    name: "percent-against-number",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static NOT_A_CONDITION: Code = Code {
    name: "not-a-condition",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static NEEDS_A_LIST: Code = Code {
    name: "needs-a-list",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static PER_NEEDS_A_COUNT: Code = Code {
    name: "per-needs-a-count",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static TALLY_NOT_AVERAGED: Code = Code {
    name: "tally-not-averaged",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static EMPTY_RANGE: Code = Code {
    name: "empty-range",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static BAD_ROUNDING: Code = Code {
    name: "bad-rounding",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static BAD_MARKS: Code = Code {
    name: "bad-marks",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static BAD_POINTS: Code = Code {
    name: "bad-points",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static NOT_A_MEMBER: Code = Code {
    name: "not-a-member",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static MEMBER_TWICE: Code = Code {
    name: "member-twice",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static WEIGHTS_AND_MARKS: Code = Code {
    name: "weights-and-marks",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static WEIGHT_WITHOUT_PERCENT: Code = Code {
    name: "weight-without-percent",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static BOUNDS_DIFFER: Code = Code {
    name: "bounds-differ",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static GRADE_WITHOUT_LEVELS: Code = Code {
    name: "grade-without-levels",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static LEVELS_NOT_ORDERED: Code = Code {
    name: "levels-not-ordered",
    severity: Severity::Error,
    page_en: "`no better than` and `one step lower` need to know which level is better. Lines such \
              as `from 90 => …` by a score tell it; lines such as `up to 2 => …` by a count do \
              not, unless the count is declared `lower is better` or `higher is better`. A \
              `choice … best first` with the levels always tells it.",
    page_zh: "“最高评为”“降一档”要知道各等级孰优孰劣。按得分写的“90分以上 为 …”看得出来；\
              按次数写的“不高于2 为 …”看不出来，除非该输入写了“越低越好”或“越高越好”。\
              把各等级列成“选项 … 由优到劣”则总能看出。",
    wrong: r#"
scheme levels-wrong "等次" {
    assesses unit "单位" every month
    input days "天数" : count
    input breach "违规" : flag
    grade level "等次" by days cite "一" {
        up to 2   => 短
        otherwise => 长
        when breach => one step lower
    }
}
"#,
    right: r#"
scheme levels-right "等次" {
    assesses unit "单位" every month
    input days "天数" : count, lower is better
    input breach "违规" : flag
    grade level "等次" by days cite "一" {
        up to 2   => 短
        otherwise => 长
        when breach => one step lower
    }
}
"#,
};

pub(crate) static NOT_AN_INPUT: Code = Code {
    name: "not-an-input",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static BAD_DATUM: Code = Code {
    name: "bad-datum",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(crate) static CODES: &[&Code] = &[
    &UNKNOWN_NAME,
    &UNKNOWN_OPTION,
    &UNKNOWN_FAULT,
    &NAME_TAKEN,
    &STATEMENT_TWICE,
    &MISPLACED,
    &CIRCULAR,
    &TYPE_MISMATCH,
    &UNITS_MIXED,
    &PERCENT_AGAINST_NUMBER,
    &NOT_A_CONDITION,
    &NEEDS_A_LIST,
    &PER_NEEDS_A_COUNT,
    &TALLY_NOT_AVERAGED,
    &EMPTY_RANGE,
    &BAD_ROUNDING,
    &BAD_MARKS,
    &BAD_POINTS,
    &NOT_A_MEMBER,
    &MEMBER_TWICE,
    &WEIGHTS_AND_MARKS,
    &WEIGHT_WITHOUT_PERCENT,
    &BOUNDS_DIFFER,
    &GRADE_WITHOUT_LEVELS,
    &LEVELS_NOT_ORDERED,
    &NOT_AN_INPUT,
    &BAD_DATUM,
];
