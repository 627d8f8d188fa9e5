//! What a subject is told: the arithmetic of a line as an auditor checks it, and why data is
//! refused, in both languages.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use assize::input::Subject;
use assize::outcome::Outcome;
use assize::text::Language;

/// The explanation of a subject of a scheme, and its outcome.
fn told(scheme: &str, subject: &str, language: Language) -> (Outcome, String) {
    let checked = assize::check(scheme);
    let scheme = checked
        .scheme
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let prepared = scheme
        .prepare(Subject::default())
        .unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let subject: Subject =
        serde_json::from_str(subject).unwrap_or_else(|error| panic!("{error}: {subject}"));
    let (outcome, why) = prepared.explain(&subject);
    (outcome, why.to_text(language))
}

#[test]
fn a_line_that_counts_says_of_how_many_and_where_it_stops() {
    let scheme = r#"scheme counted {
        input late "Late" : count
        input minutes "Minutes" : number 0..
        item a "A" out of 50 cite "1" {
            start at 50
            deduct 2 per late beyond 1 at most 5 points
            deduct 1 per full 10 of minutes
            deduct 1 per started 10 of minutes
            deduct 1 in proportion per 10 of minutes
            deduct 1 per late at most 9 points
        }
    }"#;
    // 2 · (5 − 1) = 8, cut to 5; 25 minutes hold 2 whole tens, begin 3, and are 2.5.
    let data = r#"{"late": 5, "minutes": 25}"#;
    let (_, english) = told(scheme, data, Language::English);
    for line in [
        "deduct 2 per Late beyond 1: 2 × 4 = 8, at most 5 (Late 5) → 45",
        "deduct 1 per full 10 of Minutes: 1 × 2 = 2 (Minutes 25) → 43",
        "deduct 1 per started 10 of Minutes: 1 × 3 = 3 (Minutes 25) → 40",
        "deduct 1 per 10 of Minutes in proportion: 1 × 2.5 = 2.5 (Minutes 25) → 37.5",
        "deduct 1 per Late: 1 × 5 = 5 → 32.5",
    ] {
        assert!(english.contains(line), "{line} is not in:\n{english}");
    }
    let (_, chinese) = told(scheme, data, Language::Chinese);
    for line in [
        "每Late（超过 1 的部分）扣 2：2 × 4 = 8，最多 5（Late 5）",
        "Minutes每满 10 扣 1：1 × 2 = 2（Minutes 25）",
        "Minutes每不足 10 按一次扣 1：1 × 3 = 3（Minutes 25）",
        "Minutes按比例每 10 扣 1：1 × 2.5 = 2.5（Minutes 25）",
    ] {
        assert!(chinese.contains(line), "{line} is not in:\n{chinese}");
    }
}

#[test]
fn a_refusal_names_the_alternatives_and_quotes_in_the_reader_s_signs() {
    let scheme = r#"scheme survey {
        choice level best first { good, bad }
        input answer either {
            one "一位客户" : level
            many "各档人数" : count per level = 0
        }
        input seen "已查" : flag
        item a out of 10 cite "1" {
            score by answer, answers averaged { good => 10, bad => 0 }
            deduct 1 when seen
        }
    }"#;
    for (data, en, zh) in [
        (
            r#"{"seen": true}"#,
            "one of 一位客户、各档人数 is needed, and none was given",
            "一位客户、各档人数须填一项，现在都没有填",
        ),
        (
            r#"{"seen": true, "one": "good", "many": {"bad": 1}}"#,
            "more than one is given of 一位客户、各档人数; give one",
            "一位客户、各档人数只能填一项，却填了不止一项",
        ),
        (
            r#"{"seen": "对", "one": "good"}"#,
            "已查: `对` was given; write yes or no (是 or 否)",
            "已查：给的是“对”，请写“是”或“否”",
        ),
    ] {
        let Outcome::Error(refusal) = told(scheme, data, Language::English).0 else {
            panic!("{data} is not refused");
        };
        assert_eq!((&*refusal.message.en, &*refusal.message.zh), (en, zh));
    }
}

#[test]
fn flags_are_told_in_the_reader_s_language() {
    let scheme = r#"scheme flags {
        input seen "已查", major "重大" : flag
        input checks "各次" : list of flag
        let bad = major and not seen
        item a "A" out of 10 cite "1" {
            score if bad then 0 else 10
        }
        consequence training "培训" when major
        result b = bad
    }"#;
    let data = r#"{"seen": false, "major": true, "checks": [true, false]}"#;
    let (_, english) = told(scheme, data, Language::English);
    for line in [
        "bad  yes",
        "major and not seen = yes and not no",
        "培训  yes",
    ] {
        let line = line.replace("major and not seen =", "重大 and not 已查 =");
        assert!(english.contains(&line), "{line} is not in:\n{english}");
    }
    for chinese in ["是", "否"] {
        assert!(!english.contains(chinese), "{chinese} is in:\n{english}");
    }
    let (_, chinese) = told(scheme, data, Language::Chinese);
    for line in ["bad  是", "重大 and not 已查 = 是 and not 否", "培训  是"] {
        assert!(chinese.contains(line), "{line} is not in:\n{chinese}");
    }
}

#[test]
fn a_refusal_without_a_label_says_its_condition() {
    let scheme = |refuse: &str| {
        format!(
            r#"scheme replies {{
                input received "收到" : count
                input replied "已回复" : count
                input wrong "填错" : flag
                {refuse}
                item a out of 10 cite "1" {{
                    start at 10
                    deduct 1 per received
                    deduct 1 per replied
                    deduct 1 when wrong
                }}
            }}"#
        )
    };
    let data = r#"{"received": 2, "replied": 3, "wrong": true}"#;
    for (refuse, en, zh) in [
        (
            "refuse range replied when replied  >\n received cite \"二\"",
            "replied cannot be right: the scheme refuses `已回复 > 收到`（二）",
            "“replied”的数据不合理，方案规定“已回复 > 收到”时拒收（二）",
        ),
        (
            "refuse conflict wrong when wrong",
            "wrong cannot be right: the scheme refuses `填错`",
            "“wrong”的数据不合理，方案规定“填错”时拒收",
        ),
    ] {
        let Outcome::Error(refusal) = told(&scheme(refuse), data, Language::English).0 else {
            panic!("{refuse} does not refuse");
        };
        assert_eq!((&*refusal.message.en, &*refusal.message.zh), (en, zh));
    }
}

#[test]
fn a_fault_in_a_row_names_the_row() {
    let scheme = r#"scheme rows {
        input people "人员" : list of { id "姓名" : text unique, score "得分" : points 0..10, n "次数" : count } = []
        input days "各日" : list of { n "次数" : count } = []
        each p in people {
            let per_time = score / n
            refuse range score "得分太高" when score > 9
        }
        each d in days { let share = 10 / d.n }
        result per_times = people.per_time
        result total_per_time = sum of people.per_time
        result shares = days.share
    }"#;
    let person = |score: &str, n: &str| {
        format!(
            r#"{{"people": [{{"id": "甲", "score": 1, "n": 1}}, {{"id": "乙", {score} {n}}}]}}"#
        )
    };
    for (data, start) in [
        (person(r#""score": 11,"#, r#""n": 1"#), "姓名 乙："),
        (person(r#""score": "x","#, r#""n": 1"#), "姓名 乙："),
        (person(r#""score": 5,"#, r#""n": 0"#), "姓名 乙："),
        (person("", r#""n": 1"#), "姓名 乙：缺少得分"),
        (person(r#""score": 10,"#, r#""n": 1"#), "姓名 乙：得分太高"),
        (r#"{"days": [{"n": 1}, {"n": 0}]}"#.to_owned(), "第 2 行："),
        (r#"{"days": [{"n": 1}, {"m": 0}]}"#.to_owned(), "第 2 行："),
    ] {
        let (outcome, _) = told(scheme, &data, Language::Chinese);
        let Outcome::Error(refusal) = outcome else {
            panic!("{data} is not refused: {outcome:?}");
        };
        let message = refusal.message.zh;
        assert!(
            message.starts_with(start),
            "{message} does not begin with {start}"
        );
    }
}

#[test]
fn a_map_with_a_gap_names_the_key() {
    let scheme = r#"scheme gap {
        choice level { high "高", low "低" }
        input marks "评分" : points 0..10 per level
        result total_mark = sum of marks
    }"#;
    let (outcome, _) = told(scheme, r#"{"marks": {"high": 3}}"#, Language::Chinese);
    let Outcome::Error(refusal) = outcome else {
        panic!("not refused: {outcome:?}");
    };
    assert_eq!(refusal.message.zh, "缺少评分.低");
    assert_eq!(refusal.message.en, "评分.低 is needed and was not given");
}
