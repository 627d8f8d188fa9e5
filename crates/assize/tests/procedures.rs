//! Procedures: the days that the regulations' own cases give, and records held against them. Days
//! are counted by hand on the calendar; the cases are those of the documents.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use assize::Scheme;
use assize::diagnostic::Severity;
use assize::procedure::{Breach, BreachKind, CalendarPeriod, Deadline, Done, LengthUnit};
use assize::syntax::{Better, Keywords, Period, format_checked};
use assize::text::Limits;

/// The steps of the documents' calendar cases, under one roof.
const REGULATIONS: &str = r#"
scheme regulations "各办法的时间安排" {
    assesses unit "单位" every month
    procedure mechanized_crew "机组评价" every month cite "五" {
        step collect-forms "收集评分表", on day 25..30, by "班组长"
        step hand-in-forms "上交评分表", before end of month, after collect-forms
    }
    procedure performance_pay "绩效工资" cite "六" {
        step tally "统计", on day 10..15
        step pay-out "发放", by day 20, after tally
    }
    procedure property_service "物业服务" every month cite "七" {
        step report "上报", on day 25
    }
    procedure ops_csat "客户满意度" cite "八" {
        step quarter-summary "季度总结", every quarter, by day 30 of the last month
    }
}
"#;

#[track_caller]
fn scheme(text: &str) -> Scheme {
    let checked = assize::check(text);
    let found: Vec<String> = checked
        .diagnostics
        .iter()
        .filter(|found| found.severity() != Severity::Note)
        .map(|found| format!("{}: {}", found.code.name, found.message))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    checked.scheme.unwrap()
}

/// The scheme in the other keyword language.
fn in_chinese(text: &str) -> String {
    format_checked(text, &Limits::default(), Keywords::Chinese).unwrap()
}

fn period(text: &str) -> CalendarPeriod {
    text.parse().unwrap()
}

/// `step first last`, one a line; `-` where the scheme names no day.
fn shown(scheme: &Scheme, asked: &str) -> Vec<String> {
    let day =
        |day: Option<chrono::NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let schedule = scheme.schedule(period(asked)).unwrap();
    schedule
        .iter()
        .map(|due| format!("{} {} {}", due.name, day(due.first), day(due.last)))
        .collect()
}

/// The 17 cases of the documents: rule, month of the act, first and last day.
#[test]
fn the_documents_cases() {
    let cases = [
        ("collect-forms", "2023-02", "2023-02-25 2023-02-28"),
        ("quarter-summary", "2024-05", "2024-04-01 2024-06-30"),
        ("collect-forms", "1900-02", "1900-02-25 1900-02-28"),
        ("collect-forms", "2023-08", "2023-08-25 2023-08-30"),
        ("collect-forms", "2024-09", "2024-09-25 2024-09-30"),
        ("hand-in-forms", "2024-01", "2024-01-01 2024-01-31"),
        ("hand-in-forms", "2024-03", "2024-03-01 2024-03-31"),
        ("hand-in-forms", "2024-07", "2024-07-01 2024-07-31"),
        ("hand-in-forms", "2023-10", "2023-10-01 2023-10-31"),
        ("tally", "2023-02", "2023-02-10 2023-02-15"),
        ("pay-out", "2024-01", "2024-01-01 2024-01-20"),
        ("pay-out", "2023-02", "2023-02-01 2023-02-20"),
        ("pay-out", "2024-03", "2024-03-01 2024-03-20"),
        ("pay-out", "2023-10", "2023-10-01 2023-10-20"),
        ("report", "2023-06", "2023-06-25 2023-06-25"),
        ("report", "2024-09", "2024-09-25 2024-09-25"),
        ("quarter-summary", "2023-12", "2023-10-01 2023-12-30"),
    ];
    for scheme in [scheme(REGULATIONS), scheme(&in_chinese(REGULATIONS))] {
        for (step, month, days) in cases {
            let expected = format!("{step} {days}");
            let schedule = shown(&scheme, month);
            assert!(
                schedule.contains(&expected),
                "{expected} not in {schedule:?}"
            );
        }
    }
}

#[test]
fn a_longer_period_holds_each_month() {
    let scheme = scheme(REGULATIONS);
    let quarter = shown(&scheme, "2024-Q1");
    // Five monthly steps three times, and the summary once.
    assert_eq!(quarter.len(), 16);
    assert_eq!(
        &quarter[..5],
        [
            "tally 2024-01-10 2024-01-15",
            "pay-out 2024-01-01 2024-01-20",
            "report 2024-01-25 2024-01-25",
            "collect-forms 2024-01-25 2024-01-30",
            "hand-in-forms 2024-01-01 2024-01-31",
        ]
    );
    assert!(quarter.contains(&"collect-forms 2024-02-25 2024-02-29".to_owned()));
    let year = shown(&scheme, "2023");
    assert_eq!(year.len(), 5 * 12 + 4);
    assert_eq!(shown(&scheme, "2023-H2").len(), 5 * 6 + 2);
}

/// Complaints are handled when there are some; reports follow each other in days.
const HANDLING: &str = r#"
scheme handling "投诉处理办法" {
    choice level "满意度" best first { 满意, 一般, 不满意 }
    indicator speed "响应速度" on level, from "问卷", by "客户", "员工", higher is better cite "二" {
        first "首次响应"
        again "重复联系" lower is better cite "二、2"
    }
    procedure complaint "投诉处理" cite "四" {
        step accept "受理", requires form "登记表", kept for 3 years
        step reply "答复", within 24 hours of accept, by "客服", "班长"
        step close "结案", within 3 days of reply, gives summary "结案报告"
    }
    procedure yearly "年度" every year cite "五" {
        step survey "调查", on day 31
        step report "报告", within 1 month of survey
        step close "归档", before end of year, after report, cite "五、3"
    }
}
"#;

#[test]
fn what_was_written_can_be_read() {
    let scheme = scheme(HANDLING);
    let [complaint, yearly] = scheme.procedures() else {
        panic!("two procedures")
    };
    assert_eq!((complaint.shown(), complaint.every), ("投诉处理", None));
    assert_eq!(complaint.article(), Some("四"));
    let [accept, reply, close] = complaint.steps.as_slice() else {
        panic!("three steps")
    };
    let kept = accept.kept.unwrap();
    assert_eq!((kept.count, kept.unit), (3, LengthUnit::Years));
    assert_eq!(accept.requires[0].shown(), "登记表");
    assert_eq!(reply.by, ["客服", "班长"]);
    assert!(matches!(&reply.deadline, Some(Deadline::Within { of, .. }) if of == "accept"));
    assert_eq!(close.gives[0].key, "summary");
    assert_eq!(close.article(), Some("四"));
    // A step that counts from a yearly one is yearly.
    assert_eq!(yearly.steps[1].every, Some(Period::Year));
    assert_eq!(yearly.steps[2].article(), Some("五、3"));

    let [speed] = scheme.indicators() else {
        panic!("one indicator")
    };
    assert_eq!(speed.on.as_deref(), Some("level"));
    assert_eq!(speed.levels, ["满意", "一般", "不满意"]);
    assert_eq!(
        (&speed.from[..], speed.by.len()),
        (&["问卷".to_owned()][..], 2)
    );
    assert_eq!(speed.better, Some(Better::Higher));
    let aspects: Vec<_> = speed
        .aspects
        .iter()
        .map(|a| (a.shown(), a.article()))
        .collect();
    assert_eq!(
        aspects,
        [("首次响应", Some("二")), ("重复联系", Some("二、2"))]
    );
    assert_eq!(speed.aspects[1].better, Some(Better::Lower));
}

#[test]
fn an_indicator_may_be_assessed_in_points() {
    let line = |points: &str| {
        format!(
            "scheme survey {{\n    input a : count\n    indicator speed on points {points}, from \"问卷\" cite \"二\"\n    result a\n}}"
        )
    };
    let scheme = scheme(&line("1..10"));
    let [speed] = scheme.indicators() else {
        panic!("one indicator")
    };
    let ends = speed
        .points
        .as_ref()
        .map(|(low, high)| (low.to_string(), high.to_string()));
    assert_eq!(ends, Some(("1".to_owned(), "10".to_owned())));
    assert_eq!((&speed.on, speed.levels.len()), (&None, 0));
    let turned = assize::check(&line("10..1"));
    let codes: Vec<&str> = turned
        .diagnostics
        .iter()
        .map(|found| found.code.name)
        .collect();
    assert_eq!(codes, ["empty-range"]);
}

#[test]
fn steps_that_count_from_others() {
    let scheme = scheme(HANDLING);
    assert_eq!(
        shown(&scheme, "2024-05"),
        [
            "survey 2024-01-31 2024-01-31",
            "report 2024-01-31 2024-02-29",
            "yearly.close 2024-01-01 2024-12-31",
            "accept - -",
            "reply - -",
            "complaint.close - -",
        ]
    );
}

#[test]
fn the_calendar_file_has_what_is_dated_and_is_the_same_each_time() {
    let scheme = scheme(HANDLING);
    let stamp = period("2024-05").first().and_hms_opt(0, 0, 0).unwrap();
    let text = scheme.calendar(period("2024-05"), stamp).unwrap();
    assert_eq!(text, scheme.calendar(period("2024-05"), stamp).unwrap());
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 3);
    assert!(text.contains("UID:yearly.survey.2024@handling\r\n"));
    assert!(text.contains("DTSTAMP:20240501T000000Z\r\n"));
    assert!(text.contains("DTSTART;VALUE=DATE:20240131\r\nDTEND;VALUE=DATE:20240201\r\n"));
    assert!(text.contains("SUMMARY:调查\r\n"));
}

/// `row step what period`, with the row counted from 1.
fn told(breaches: &[Breach]) -> Vec<String> {
    let line = |breach: &Breach| {
        let row = breach
            .row
            .map_or_else(|| "-".to_owned(), |row| (row + 1).to_string());
        let period = breach.period.map(|period| format!(" {period}"));
        let what = breach.what.name();
        format!("{row} {} {what}{}", breach.step, period.unwrap_or_default())
    };
    breaches.iter().map(line).collect()
}

#[track_caller]
fn audit(scheme: &Scheme, asked: &str, record: &[Done], expected: &[&str]) {
    let audit = scheme.audit(period(asked), record).unwrap();
    assert_eq!(told(&audit.breaches), expected);
}

const CREW: &str = r#"
scheme crew "机组评价" {
    procedure monthly "每月评分" every month cite "五" {
        step collect "收集评分表", on day 20..25, by "班组长", requires form "评分表", signature "签字"
        step hand-in "上交", on day 26..28, after collect
        step talk "面谈"
        step summary "季度小结", every quarter, by day 30 of the last month, after hand-in
    }
}
"#;

fn collected(day: &str) -> Done {
    let row = Done::new("collect").on(day).by("班组长");
    row.with("form", "有").with("signature", true)
}

fn done(step: &str, day: &str) -> Done {
    Done::new(step).on(day)
}

#[test]
fn a_record_without_fault() {
    let record = [
        collected("2024-06-20"),
        done("上交", "2024-06-28"),
        done("talk", "2024-06-01"),
        done("monthly.summary", "2024-06-30"),
    ];
    let scheme = scheme(CREW);
    let found = scheme.audit(period("2024-06"), &record).unwrap();
    assert!(found.breaches.is_empty(), "{:?}", told(&found.breaches));
    assert_eq!((found.counted, found.elsewhere), (4, 0));
}

#[test]
fn what_is_early_late_or_missing() {
    let scheme = scheme(CREW);
    audit(
        &scheme,
        "2024-05",
        &[
            collected("2024-05-19"),
            done("hand-in", "2024-05-29"),
            done("summary", "2024-07-01"),
        ],
        &[
            "1 collect early 2024-05",
            "2 hand-in late 2024-05",
            // The first of July lies in the window of the third quarter.
            "- summary missing 2024-Q2",
            "- talk missing 2024-05",
        ],
    );
    audit(
        &scheme,
        "2024-05",
        &[
            collected("2024-05-25"),
            // In no window, and May has none: late.
            done("hand-in", "2024-06-03"),
            done("talk", "2024-05-31"),
            done("summary", "2024-07-01").of_period("2024-Q2"),
        ],
        &["2 hand-in late 2024-05", "4 summary late 2024-Q2"],
    );
}

#[test]
fn rows_of_other_periods_are_counted_and_not_judged() {
    let scheme = scheme(CREW);
    let record = [
        collected("2024-04-22"),
        collected("2024-05-22"),
        collected("2024-05-24").of_period("2024-04"),
        done("hand-in", "2024-05-27"),
        done("talk", "2024-05-02"),
        done("talk", "2024-04-30"),
        done("summary", "2024-06-02"),
    ];
    let found = scheme.audit(period("2024-05"), &record).unwrap();
    assert!(found.breaches.is_empty(), "{:?}", told(&found.breaches));
    assert_eq!((found.counted, found.elsewhere), (4, 3));
}

#[test]
fn each_month_of_a_quarter_is_asked_for() {
    let scheme = scheme(CREW);
    let mut record: Vec<Done> = ["2024-04", "2024-05", "2024-06"]
        .into_iter()
        .flat_map(|month| {
            [
                collected(&format!("{month}-21")),
                done("hand-in", &format!("{month}-27")),
                done("talk", &format!("{month}-10")),
            ]
        })
        .collect();
    record.push(done("summary", "2024-06-29"));
    audit(&scheme, "2024-Q2", &record, &[]);
    // Without May's hand-in; the summary before June's.
    record.remove(4);
    record.pop();
    record.push(done("summary", "2024-06-26"));
    audit(
        &scheme,
        "2024-Q2",
        &record,
        &[
            "9 summary out-of-order 2024-Q2",
            "- hand-in missing 2024-05",
        ],
    );
}

#[test]
fn who_what_and_in_which_order() {
    let scheme = scheme(CREW);
    let rest = [done("talk", "2024-06-02"), done("summary", "2024-06-30")];
    let with = |rows: &[Done]| [rows, &rest].concat();
    audit(
        &scheme,
        "2024-06",
        &with(&[
            done("collect", "2024-06-27")
                .by("班组长、队长")
                .with("form", "否"),
            done("hand-in", "2024-06-26"),
        ]),
        &[
            "1 collect late 2024-06",
            "1 collect wrong-role 2024-06",
            "1 collect field-absent 2024-06",
            "1 collect field-absent 2024-06",
            "2 hand-in out-of-order 2024-06",
        ],
    );
    audit(
        &scheme,
        "2024-06",
        &with(&[
            done("collect", "2024-06-25")
                .with("form", 12)
                .with("signature", "张三"),
            // On the same day the order does not show, and is not held against anybody.
            done("hand-in", "2024-06-26"),
        ]),
        &["1 collect role-absent 2024-06"],
    );
}

/// Windows that overlap, and steps of different periods that count from each other.
const LONG: &str = r#"
scheme long "长期限" {
    procedure p "程序" cite "一" {
        step plan "计划", every quarter, on day 10
        step survey "调查", every month, on day 5..6
        step report "报告", within 40 days of survey
        step talk "谈话", every month, within 7 days of plan
    }
}
"#;

#[test]
fn an_act_counts_for_the_window_that_has_none_yet() {
    let scheme = scheme(LONG);
    let survey = |month: &str| done("survey", &format!("{month}-05"));
    let mut record = vec![survey("2024-04"), survey("2024-05"), survey("2024-06")];
    record.push(done("plan", "2024-04-10"));
    record.extend(["2024-04-12", "2024-04-13", "2024-04-14"].map(|day| done("talk", day)));
    // Forty days from 6 April end on 16 May: these lie in the windows of April and May.
    record.extend(["2024-05-10", "2024-05-12", "2024-07-01"].map(|day| done("report", day)));
    audit(&scheme, "2024-Q2", &record, &[]);
    let schedule = shown(&scheme, "2024-04");
    assert!(schedule.contains(&"report 2024-04-05 2024-05-16".to_owned()));
    assert!(schedule.contains(&"talk 2024-04-10 2024-04-17".to_owned()));
}

#[test]
fn an_act_in_no_window_is_late_for_the_earliest_without_one() {
    let scheme = scheme(CREW);
    let mut record: Vec<Done> = ["2024-04-21", "2024-05-21", "2024-06-21"]
        .map(collected)
        .to_vec();
    record.extend(["2024-04-10", "2024-05-10", "2024-06-10"].map(|day| done("talk", day)));
    // June's own is in June's window; the other one is May's.
    record.extend(["2024-04-26", "2024-06-03", "2024-06-27"].map(|day| done("hand-in", day)));
    record.push(done("summary", "2024-06-30"));
    audit(&scheme, "2024-Q2", &record, &["8 hand-in late 2024-05"]);
}

#[test]
fn what_is_still_to_come_on_a_day() {
    let scheme = scheme(CREW);
    let missing_on = |day: &str| {
        let found = scheme.audit(period("2024-05"), &[]).unwrap();
        let found = found.as_of(day.parse().unwrap());
        (told(&found.breaches), found.pending.len())
    };
    let collect = "- collect missing 2024-05".to_owned();
    let hand_in = "- hand-in missing 2024-05".to_owned();
    let talk = "- talk missing 2024-05".to_owned();
    assert_eq!(missing_on("2024-05-25"), (vec![], 4));
    assert_eq!(missing_on("2024-05-26"), (vec![collect.clone()], 3));
    assert_eq!(
        missing_on("2024-05-31"),
        (vec![collect.clone(), hand_in.clone()], 2)
    );
    assert_eq!(missing_on("2024-06-01"), (vec![collect, hand_in, talk], 1));
    assert_eq!(missing_on("2024-07-01").1, 0);
}

#[test]
fn rows_that_cannot_be_understood_are_findings() {
    let scheme = scheme(CREW);
    let found = scheme
        .audit(
            period("2024-05"),
            &[
                done("colect", "2024-05-20"),
                done("hand-in", "2024/5/27"),
                Done::new("hand-in"),
                done("talk", "2024-05-05").of_period("5月"),
                collected("2024-05-20"),
                done("summary", "2024-05-31"),
            ],
        )
        .unwrap();
    assert_eq!(
        told(&found.breaches),
        [
            "1 colect unknown-step",
            "2 hand-in not-a-date",
            "3 hand-in date-absent",
            "4 talk not-a-period",
            "- hand-in missing 2024-05",
            "- talk missing 2024-05",
        ]
    );
    let near = BreachKind::UnknownStep {
        near: Some("collect".to_owned()),
    };
    assert_eq!(found.breaches[0].what, near);
    assert_eq!((found.counted, found.elsewhere), (2, 0));
}

#[test]
fn time_since_another_step() {
    let scheme = scheme(HANDLING);
    let ran = |accepted: &str, replied: &str, closed: &str, expected: &[&str]| {
        let record = [
            done("accept", accepted).with("form", "有"),
            done("reply", replied).by("客服"),
            done("complaint.close", closed).with("summary", "有"),
            done("survey", "2024-01-31"),
            done("report", "2024-02-29"),
            done("归档", "2024-03-01"),
        ];
        audit(&scheme, "2024", &record, expected);
    };
    ran("2024-05-31 08:00", "2024-06-01 08:00", "2024-06-04", &[]);
    ran(
        "2024-05-31 08:00",
        "2024-06-01 08:01",
        "2024-06-05",
        &["2 reply late", "3 complaint.close late"],
    );
    // Days alone: the same day is in time, two days on is late, the day after may be either.
    ran("2024-05-31", "2024-05-31", "2024-05-31", &[]);
    ran("2024-05-31", "2024-06-02", "2024-06-02", &["2 reply late"]);
    ran(
        "2024-05-31",
        "2024-06-01",
        "2024-06-01",
        &["2 reply time-needed"],
    );
    ran(
        "2024-05-31 23:00",
        "2024-06-02",
        "2024-06-02",
        &["2 reply late"],
    );
    ran(
        "2024-05-31",
        "2024-05-30",
        "2024-06-02",
        &["2 reply out-of-order"],
    );
}

#[test]
fn what_there_was_no_occasion_for_is_not_missing() {
    let scheme = scheme(HANDLING);
    audit(
        &scheme,
        "2024-05",
        &[],
        &[
            "- survey missing 2024",
            "- report missing 2024",
            "- yearly.close missing 2024",
        ],
    );
    let record = [
        done("accept", "2024-05-02").with("form", "有"),
        done("close", "2024-05-03"),
    ];
    audit(
        &scheme,
        "2024-05",
        &record,
        &[
            "2 close unclear-step",
            "- survey missing 2024",
            "- report missing 2024",
            "- yearly.close missing 2024",
            "- reply missing",
            "- complaint.close missing",
        ],
    );
}

const ROUNDS: &str = r#"
scheme rounds "巡查" {
    procedure rounds "巡查" cite "一" {
        step open-box "开启意见箱", every day
        step patrol "巡检", every week
        step visit "走访", every month 3 times
        step rework "整改", as needed, after patrol
    }
}
"#;

/// 1 May 2024 is a Wednesday; the week that holds it began on 29 April.
#[test]
fn days_weeks_and_several_times() {
    for scheme in [scheme(ROUNDS), scheme(&in_chinese(ROUNDS))] {
        assert_eq!(
            shown(&scheme, "2024-05-01"),
            [
                "open-box 2024-05-01 2024-05-01",
                "patrol 2024-04-29 2024-05-05",
                "visit - -",
                "visit - -",
                "visit - -",
                "rework - -",
            ]
        );
        let may = shown(&scheme, "2024-05");
        let of = |step: &str| may.iter().filter(|line| line.starts_with(step)).count();
        assert_eq!((of("open-box"), of("patrol"), of("visit")), (31, 5, 3));
        let week = shown(&scheme, "2024-W18");
        assert!(
            week.contains(&"open-box 2024-05-05 2024-05-05".to_owned()),
            "{week:?}"
        );
        assert_eq!(
            week.iter()
                .filter(|line| line.starts_with("open-box"))
                .count(),
            7
        );
    }
}

#[test]
fn several_times_are_asked_for_and_what_is_not_needed_is_not() {
    let scheme = scheme(ROUNDS);
    let opened = ["29", "30"].map(|day| done("open-box", &format!("2024-04-{day}")));
    let more = ["01", "02", "03"].map(|day| done("open-box", &format!("2024-05-{day}")));
    let record: Vec<Done> = opened
        .into_iter()
        .chain(more)
        .chain([done("visit", "2024-05-01"), done("走访", "2024-05-20")])
        .collect();
    // The box was not opened on 4 and 5 May, and one of three visits is missing.
    audit(
        &scheme,
        "2024-W18",
        &record,
        &[
            "- open-box missing 2024-05-04",
            "- open-box missing 2024-05-05",
            "- patrol missing 2024-W18",
            "- visit missing 2024-04",
            "- visit missing 2024-04",
            "- visit missing 2024-04",
            "- visit missing 2024-05",
        ],
    );
}

#[track_caller]
fn finds(steps: &str, expected: &[&str]) {
    let text = format!("scheme s {{\nprocedure p \"程序\" cite \"一\" {{\n{steps}\n}}\n}}\n");
    for text in [in_chinese(&text), text] {
        let found = assize::check(&text).diagnostics;
        let found: Vec<&str> = found.iter().map(|found| found.code.name).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn mistakes_in_procedures_are_found() {
    finds("step a, every month, on day 25..20", &["empty-range"]);
    finds("step a\nstep a", &["name-taken"]);
    finds("step a, after b", &["unknown-step"]);
    finds("step a, within 3 days of b", &["unknown-step"]);
    finds("step a, after a", &["steps-wait-for-each-other"]);
    finds(
        "step a, after c\nstep b, after a\nstep c, within 1 day of b\nstep d, after a",
        &["steps-wait-for-each-other"],
    );
    finds("step a, on day 25", &["window-unplaced"]);
    finds(
        "step a, every quarter, before end of month",
        &["window-unplaced"],
    );
    finds("step a, requires form, form", &["name-taken"]);
    finds("step a, requires done \"完成情况\"", &["name-taken"]);
    finds("step a, requires who \"经办\"", &["name-taken"]);
    finds("step a, every week, on day 5", &["window-unplaced"]);
    finds("step a, every month 1.5", &["type-mismatch"]);
    finds("step a, every month 101 times", &["type-mismatch"]);
    finds("step a, kept for 3 points", &["type-mismatch"]);
    finds("step a, kept for 1.5 years", &["type-mismatch"]);
    finds("", &["procedure-without-steps"]);
    // Days that months lack: 29 and 30 in February, 31 in June.
    let missing = &["day-missing-in-some-months"];
    finds("step a, every month, on day 28", &[]);
    finds("step a, every month, on day 29", missing);
    finds("step a, every month, on day 29..31", missing);
    let whole = &["window-not-in-every-month"];
    finds("step a, every month, on day 30", whole);
    finds("step a, every month, on day 31", whole);
    finds("step a, every month, on day 30..31", whole);
    finds("step a, every month, by day 31", missing);
    finds("step a, every quarter, by day 30 of the last month", &[]);
    finds(
        "step a, every quarter, by day 31 of the last month",
        missing,
    );
    finds("step a, every half year, by day 31", &[]);
    finds("step a, every year, by day 31 of the last month", &[]);
}
