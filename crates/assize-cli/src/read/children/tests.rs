//! Tables of lists beside the data that they belong to, one rule a test.

use std::io::Cursor;

use super::*;
use crate::read::lists::tests::branch;
use crate::read::tests::shown;
use crate::read::{InputFormat, Rows};

fn subject() -> SubjectColumn {
    SubjectColumn {
        headings: vec!["branch".to_owned(), "支行".to_owned()],
        period: vec!["period".to_owned()],
        outer: Vec::new(),
    }
}

fn stream(name: &str, text: &str) -> Source {
    Source::Stream {
        name: name.to_owned(),
        reader: Box::new(Cursor::new(text.to_owned())),
    }
}

fn options(format: InputFormat) -> ReadOptions {
    ReadOptions {
        format: Some(format),
        ..ReadOptions::default()
    }
}

fn list(name: &str, text: &str) -> Result<ListRows, ReadError> {
    let mut all = ListTable::all(&branch()).into_iter();
    let table = all.find(|table| table.name == name).unwrap();
    let key = table.key_columns(&subject());
    let source = stream("list.csv", text);
    let (rows, warnings) = ListRows::read(source, table, &key, &options(InputFormat::Csv))?;
    assert!(warnings.is_empty(), "{warnings:?}");
    Ok(rows)
}

fn data(format: InputFormat, text: &str) -> Rows {
    open(
        stream("data", text),
        &branch(),
        &subject(),
        &options(format),
    )
    .unwrap()
}

/// What each subject has once the rows of the lists are its own, and then the rows of nobody.
fn attached(lists: &[ListRows], format: InputFormat, text: &str) -> Vec<String> {
    let parents = Parents::of_rows(data(format, text), "data").unwrap();
    let mut lines = Vec::new();
    for row in data(format, text) {
        let mut record = row.unwrap();
        let put = lists
            .iter()
            .try_for_each(|list| list.attach(&mut record, &parents));
        lines.push(match put {
            Ok(()) => format!("{} {}", record.name, shown(&Given::from(record.subject))),
            Err(row) => line(&row),
        });
    }
    let orphans = lists.iter().flat_map(|list| list.orphans(&parents));
    lines.extend(orphans.map(|row| line(&row)));
    lines
}

fn line(row: &RefusedRow) -> String {
    let refusal = row.refusal();
    let (name, place, code) = (&row.name, row.place.words().en, refusal.code.name());
    format!("{name} {place} refused {code} {}", refusal.field)
}

#[test]
fn rows_belong_to_the_subject_that_they_name_in_the_order_of_the_file() {
    let outlets = "神秘人暗访,支行,网点\n90,甲,A\n80,乙,C\n,甲,B\n";
    let waits = "支行,热线\n乙,2.5\n乙,\n";
    let lists = [
        list("outlets", outlets).unwrap(),
        list("waits.hotline", waits).unwrap(),
    ];
    assert_eq!(
        attached(
            &lists,
            InputFormat::Csv,
            "支行,管理得分\n甲,7\n乙,8\n丙,9\n"
        ),
        [
            "甲 {management='7' outlets=[{mystery='90' id='A'} {mystery=- id='B'}] waits={hotline=[]}}",
            "乙 {management='8' outlets=[{mystery='80' id='C'}] waits={hotline=['2.5' -]}}",
            "丙 {management='9' outlets=[] waits={hotline=[]}}",
        ]
    );
    let parents = Parents::of_names(["甲", "乙", "丙"].into_iter(), "data");
    assert_eq!(
        lists[0].notes(&parents)[0].en,
        "list.csv: rows of outlets: 3 read: 3 of 2 subjects, 0 of subjects that the data does not have, 0 unreadable"
    );
}

#[test]
fn rows_of_nobody_come_out_once_for_each_subject() {
    let lists = [list("outlets", "branch,id\n城东,A\n城北支行,B\n城东,C\n").unwrap()];
    assert_eq!(
        attached(&lists, InputFormat::Csv, "branch\n城北支行\n"),
        [
            "城北支行 {outlets=[{id='B'}]}",
            "城东 list.csv, line 2 refused domain outlets",
        ]
    );
    let parents = Parents::of_names(["城北支行"].into_iter(), "data");
    let notes = lists[0].notes(&parents);
    assert!(
        notes[0].en.contains("3 read: 1 of 1 subjects, 2 of"),
        "{notes:?}"
    );
    let lists = [list("outlets", "branch,id\n城北枝行,A\n").unwrap()];
    let orphans = lists[0].orphans(&parents);
    assert_eq!(
        orphans[0].fault.words().zh,
        "“outlets”的这些行所属的考核对象不在 data 中；是否应为“城北支行”？"
    );
}

#[test]
fn a_subject_that_stands_twice_owns_no_rows_unless_the_period_tells() {
    let rows = "branch,period,management\n甲,1月,7\n甲,2月,8\n乙,1月,9\n";
    let lists = [list("outlets", "branch,id\n甲,A\n乙,B\n").unwrap()];
    assert_eq!(
        attached(&lists, InputFormat::Csv, rows),
        [
            "甲 data, line 2 refused conflict outlets",
            "甲 data, line 3 refused conflict outlets",
            "乙 {management='9' outlets=[{id='B'}]}",
        ]
    );
    let by_period = "branch,period,id\n甲,2月,A\n甲,1月,B\n甲,3月,C\n乙,1月,E\n乙,,D\n";
    let lists = [list("outlets", by_period).unwrap()];
    assert_eq!(
        attached(&lists, InputFormat::Csv, rows),
        [
            "甲 {management='7' outlets=[{id='B'}]}",
            "甲 {management='8' outlets=[{id='A'}]}",
            "乙 {management='9' outlets=[{id='E'} {id='D'}]}",
            "甲 list.csv, line 4 refused domain outlets",
        ]
    );
}

#[test]
fn a_list_stands_in_one_place_and_a_subject_has_a_name() {
    let lists = [list("outlets", "branch,id\n甲,A\n丁,B\n").unwrap()];
    let rows = "{\"branch\":\"甲\",\"outlets\":[{\"id\":\"Z\"}]}\n\
                {\"branch\":\"乙\",\"outlets\":[{\"id\":\"Z\"}]}\n\
                {\"management\":1}\n\
                {\"branch\":\"丁\",\"outlets\":null}\n";
    assert_eq!(
        attached(&lists, InputFormat::JsonLines, rows),
        [
            "甲 data, line 1 refused conflict outlets",
            "乙 {outlets=[{id='Z'}]}",
            "3 data, line 3 refused missing outlets",
            "丁 {outlets=[{id='B'}]}",
        ]
    );
}

#[test]
fn rows_of_an_inner_list_find_their_row_in_the_outer_one() {
    let outlets = "支行,网点,神秘人暗访\n甲,A,90\n甲,B,80\n乙,A,70\n丙,A,1\n丙,A,2\n";
    let emails = "支行,网点,回复用时\n乙,A,1\n甲,B,2\n甲,B,3\n丙,A,4\n";
    let lists = [
        list("outlets", outlets).unwrap(),
        list("outlets.emails", emails).unwrap(),
    ];
    let rows = "支行\n甲\n乙\n丙\n";
    assert_eq!(
        attached(&lists, InputFormat::Csv, rows),
        [
            "甲 {outlets=[{id='A' mystery='90' emails=[]} {id='B' mystery='80' emails=[{hours='2'} {hours='3'}]}]}",
            "乙 {outlets=[{id='A' mystery='70' emails=[{hours='1'}]}]}",
            "丙 data, line 4 refused conflict emails",
        ]
    );
    let lists = [
        list("outlets", outlets).unwrap(),
        list("outlets.emails", "支行,网点,回复用时\n甲,C,1\n").unwrap(),
    ];
    assert_eq!(
        attached(&lists, InputFormat::Csv, "支行\n甲\n乙\n丙\n")[0],
        "甲 data, line 2 refused domain emails"
    );
}

#[test]
fn a_row_that_does_not_tell_whose_it_is_ends_the_run() {
    let said = |text: &str| match list("outlets", text) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(
        said("网点,神秘人暗访\nA,90\n").starts_with(
            "list.csv: no column tells whose row of outlets it is; head one with branch, 支行"
        ),
        "{}",
        said("网点,神秘人暗访\nA,90\n")
    );
    assert!(
        said("支行,网点\n甲,A\n,B\n")
            .starts_with("list.csv, line 3: this row of outlets does not tell")
    );
    assert!(said("支行,网点\n甲,A,9\n").starts_with("list.csv, line 2: it cannot be told whose"));
    assert_eq!(said("支行,网点\n甲,\n"), "read");
}
