//! `schedule`: the calendar of procedures, and a record held against them.
//!
//! Days are those of the documents' calendar cases, or counted by hand.

use serde_json::json;

use super::Folder;

/// Monthly forms and a quarterly summary, as two of the documents have them, and what is done when
/// a complaint comes.
const CREW: &str = r#"scheme crew "机组评价" {
    assesses crew "机组" every month
    procedure monthly "每月评分" cite "五" {
        step collect-forms "收集评分表", on day 25..30, by "班组长", requires form "评分表", signature "签字"
        step hand-in-forms "上交评分表", before end of month, after collect-forms, gives tally "汇总表"
        step quarter-summary "季度总结", every quarter, by day 30 of the last month
    }
    procedure complaint "投诉处理" cite "六" {
        step accept "受理"
        step reply "答复", within 24 hours of accept
    }
}
"#;

/// The same in Chinese keywords.
const CREW_ZH: &str = r#"方案 crew “机组评价” ｛
    考核 crew “机组” 每月
    程序 monthly “每月评分” 条款 “五” ｛
        步骤 collect-forms “收集评分表”，于 25～30 日，由 “班组长”，须附 form “评分表”，signature “签字”
        步骤 hand-in-forms “上交评分表”，不迟于 月末，后于 collect-forms，提交 tally “汇总表”
        步骤 quarter-summary “季度总结”，每季度，不迟于 末月 30 日
    ｝
    程序 complaint “投诉处理” 条款 “六” ｛
        步骤 accept “受理”
        步骤 reply “答复”，自 accept 起 24小时内
    ｝
｝
"#;

#[test]
fn the_schedule_of_a_month_in_json() {
    let folder = Folder::new(&[("crew.scheme", CREW), ("zh.scheme", CREW_ZH)]);
    let expected = json!([
        {"step": "collect-forms", "label": "收集评分表", "first": "2023-02-25", "last": "2023-02-28", "article": "五"},
        {"step": "hand-in-forms", "label": "上交评分表", "first": "2023-02-01", "last": "2023-02-28", "article": "五"},
        {"step": "quarter-summary", "label": "季度总结", "first": "2023-01-01", "last": "2023-03-30", "article": "五"},
        {"step": "accept", "label": "受理", "first": null, "last": null, "article": "六"},
        {"step": "reply", "label": "答复", "first": null, "last": null, "article": "六"},
    ]);
    for scheme in ["crew", "zh"] {
        let ran = folder.run(&format!(
            "schedule {scheme}.scheme --period 2023-02 --format json"
        ));
        assert_eq!(ran.ends(0).json(), expected);
    }
    let quarter = folder.run("schedule crew.scheme --period 2023-Q1 --format json");
    let quarter = quarter.ends(0).json();
    let steps: Vec<&str> = quarter
        .as_array()
        .unwrap()
        .iter()
        .map(|due| due["step"].as_str().unwrap())
        .collect();
    let of = |slug: &str| steps.iter().filter(|step| **step == slug).count();
    assert_eq!(
        (of("collect-forms"), of("quarter-summary"), of("accept")),
        (3, 1, 1)
    );
}

#[test]
fn the_schedule_as_a_table_in_both_languages() {
    let folder = Folder::new(&[("crew.scheme", CREW)]);
    let ran = folder.run("schedule crew.scheme --period 2024-02").ends(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("first       last        step"));
    assert_eq!(lines[2].split_whitespace().next(), Some("2024-02-01"));
    assert!(lines[1].starts_with("2024-02-25  2024-02-29  collect-forms"));
    assert!(lines[1].contains("班组长") && lines[1].contains("评分表, 签字"));
    assert!(lines[5].starts_with("-           -           reply"));
    let ran = folder.run("schedule crew.scheme --period 2024-02 --lang zh");
    ran.ends(0).shows("步骤").shows("评分表、签字");
}

#[test]
fn the_calendar_file_needs_no_clock() {
    let folder = Folder::new(&[("crew.scheme", CREW)]);
    let ics = folder
        .run("schedule crew.scheme --period 2023-02 --format ics")
        .ends(0)
        .out;
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 3);
    // The day behind the last one, as the format has it.
    assert!(ics.contains("DTSTART;VALUE=DATE:20230225\r\nDTEND;VALUE=DATE:20230301\r\n"));
    assert!(ics.contains("DTSTAMP:20230201T000000Z\r\n"));
    assert!(ics.contains("UID:monthly.collect-forms.2023-02@crew\r\n"));
    let stamped = "schedule crew.scheme --period 2023-02 --format ics --stamp 2023-01-15T08:30:00Z";
    folder
        .run(stamped)
        .ends(0)
        .shows("DTSTAMP:20230115T083000Z\r\n");
}

#[test]
fn wrong_use_ends_with_2() {
    let folder = Folder::new(&[("crew.scheme", CREW), ("record.csv", "step,done\n")]);
    folder.run("schedule crew.scheme").ends(2);
    let month = folder
        .run("schedule crew.scheme --period 2024-5 --lang zh")
        .ends(2);
    month.says("月份写作 2024-05");
    folder
        .run("schedule crew.scheme --period 2024-05 --format ics --stamp now")
        .ends(2)
        .says("--stamp now");
    folder
        .run("schedule crew.scheme --period 2024-05 --format ics --record record.csv")
        .ends(2)
        .says("calendar file");
    folder
        .run("schedule crew.scheme --period 2024-05 --sheet 一")
        .ends(2);
    folder
        .run("schedule crew.scheme --period 2024-05 --record none.csv")
        .ends(2)
        .says("none.csv");
    folder.write("words.csv", "甲,乙\n1,2\n");
    folder
        .run("schedule crew.scheme --period 2024-05 --record words.csv")
        .ends(2)
        .says("完成日期");
}

#[test]
fn a_scheme_without_procedure_has_an_empty_schedule() {
    let folder = Folder::new(&[("punctuality.scheme", super::PUNCTUALITY)]);
    let ran = folder.run("schedule punctuality.scheme --period 2024 --format json");
    let ran = ran.ends(0).says("no procedure");
    assert_eq!(ran.json(), json!([]));
}

#[test]
fn a_record_without_fault() {
    let csv = "步骤,完成日期,经办,评分表,签字,汇总表\n\
               收集评分表,2023-02-26,班组长,有,张三,\n\
               上交评分表,2023-02-28,,,,有\n\
               quarter-summary,2023-03-30,,,,\n";
    let folder = Folder::new(&[("crew.scheme", CREW), ("record.csv", csv)]);
    let ran = folder.run("schedule crew.scheme --period 2023-02 --record record.csv");
    let ran = ran.ends(0).says("3 rows: 3 of this period");
    assert_eq!(ran.out, "");
    let ran = folder.run("schedule crew.scheme --period 2023-02 --record record.csv --format json");
    assert_eq!(ran.ends(0).json(), json!([]));
}

#[test]
fn what_a_record_lacks() {
    let csv = "step,period,done,by,form,signature,tally\n\
               collect-forms,,2023-02-24,队长,有,否,\n\
               hand-in-forms,2023-02,2023-03-01,,,,\n\
               hand-on-forms,,2023-02-27,,,,\n\
               ,,2023-02-27,,,,\n\
               quarter-summary,,2023/3/30,,,,\n\
               collect-forms,,2023-01-25,班组长,有,有,\n\
               collect-forms,,2023-01-26\n";
    let folder = Folder::new(&[("crew.scheme", CREW), ("record.csv", csv)]);
    let run = "schedule crew.scheme --period 2023-02 --record record.csv";
    let ran = folder.run(&format!("{run} --format json")).ends(1);
    let ran =
        ran.says("7 rows: 2 of this period, 1 of other periods, 4 not understood; 10 findings");
    let found = ran.json();
    let told: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
            let row = finding["row"]
                .as_u64()
                .map_or("-".to_owned(), |row| row.to_string());
            format!(
                "{row} {} {} {}",
                text("finding"),
                text("step"),
                text("period")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "8 unreadable  -",
            "2 early collect-forms 2023-02",
            "2 wrong-role collect-forms 2023-02",
            "2 field-absent collect-forms 2023-02",
            "3 late hand-in-forms 2023-02",
            "3 deliverable-absent hand-in-forms 2023-02",
            "4 unknown-step hand-on-forms -",
            "5 step-absent  -",
            "6 not-a-date quarter-summary -",
            "- missing quarter-summary 2023-Q1",
        ]
    );
    assert_eq!(found[3]["message"]["zh"], "记录中缺少“签字”");
    let ran = folder.run(&format!("{run} --lang zh")).ends(1);
    let early = folder.run(&format!("{run} --as-of 2023-03-30")).ends(1);
    early.says("9 findings; still to come: 1");
    folder
        .run(&format!("{run} --as-of 30.3.2023"))
        .ends(2)
        .says("--as-of");
    ran.shows("record.csv，第 3 行")
        .shows("逾期：2023-03-01 完成，晚于 2023-02-28")
        .shows("是否应为“hand-in-forms”？")
        .shows("应于 2023-03-30 前完成")
        .says("发现 10 处问题");
}

#[test]
fn a_record_in_json() {
    let record = r#"{"step": "collect-forms", "done": "2024-05-27", "by": ["班组长"], "form": {"no": 7}, "signature": true}
{"步骤": "上交评分表", "完成日期": "2024-05-26", "汇总表": "有"}
{"step": "accept", "done": "2024-05-02 09:00"}
{"step": "reply", "done": "2024-05-03 09:01"}
"#;
    let folder = Folder::new(&[("crew.scheme", CREW), ("record.jsonl", record)]);
    let ran =
        folder.run("schedule crew.scheme --period 2024-05 --record record.jsonl --format json");
    let found = ran.ends(1).json();
    let kinds: Vec<(&str, Option<u64>)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["finding"].as_str().unwrap(),
                finding["row"].as_u64(),
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("out-of-order", Some(2)),
            ("late", Some(4)),
            ("missing", None)
        ]
    );
    let late =
        "done late: 2024-05-03 09:01:00, more than 24 hours after 受理 (2024-05-02 09:00:00)";
    assert_eq!(found[1]["message"]["en"], late);
}
