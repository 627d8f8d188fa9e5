//! The results that have rows, and their columns, told before any subject is scored.
#![allow(
    clippy::expect_used,
    reason = "helpers of a test stand outside the test functions"
)]

use assize::outcome::ResultRows;

/// What the results of people with a place, by kind, have as rows.
fn rows_of(results: &str) -> Vec<ResultRows> {
    let text = format!(
        r#"scheme s {{
    assesses team every month
    choice kind {{ good "好", bad }}
    input people : list of {{ id "姓名" : text unique, score : points 0..100, days "日数" : count per kind = 0 }} = []
    input answers : count per kind = 0
    input visits : count per text = {{ }}
    each p in people {{
        let place "名次" = rank of score in people, highest first, ties share
    }}
    {results}
}}"#
    );
    assize::check(&text)
        .scheme
        .expect("the scheme is right")
        .result_rows()
}

/// The columns of the only result, as `names: label`.
fn columns_of(result: &str) -> Vec<String> {
    let rows = rows_of(result);
    assert_eq!(rows.len(), 1, "{result}");
    rows.into_iter()
        .flat_map(|rows| rows.columns)
        .map(|column| match column.label {
            Some(label) => format!("{}: {label}", column.path.join(".")),
            None => column.path.join("."),
        })
        .collect()
}

#[test]
fn each_entry_is_a_column() {
    let ranking = "result ranking per p in people sorted by score highest first, id";
    assert_eq!(
        columns_of(&format!(
            "{ranking} {{ id \"姓名\" = p.id, place = p.place, days \"日数\" = p.days, per k in kind = p.days[k] }}"
        )),
        [
            "id: 姓名",
            "place",
            "days.good: 日数.好",
            "days.bad",
            "good: 好",
            "bad"
        ]
    );
}

#[test]
fn a_row_that_comes_out_whole_has_what_was_computed_where_it_is_read() {
    let given = ["id: 姓名", "score", "days.good: 日数.好", "days.bad"];
    let with_place = [&given[..], &["place: 名次"]].concat();
    assert_eq!(columns_of("result all_people = people"), given);
    assert_eq!(columns_of("result high = (people where score > 60)"), given);
    assert_eq!(
        columns_of("result best = (people where place <= 3)"),
        with_place
    );
    assert_eq!(
        columns_of("result order per p in (people sorted by place, id) = p"),
        with_place
    );
}

#[test]
fn a_plain_value_has_one_column_without_a_name() {
    for result in [
        "result places = people.place",
        "result each_place per p in people = p.place",
        "result by_kind per k in kind = answers[k]",
        "result visits",
    ] {
        assert_eq!(columns_of(result), [""], "{result}");
    }
}

#[test]
fn a_map_has_keys_and_a_list_has_none() {
    let keys = |result: &str| {
        let mut rows = rows_of(result);
        rows.pop().expect("it has rows").keys
    };
    assert_eq!(keys("result places = people.place"), None);
    let of_options = keys("result by_kind per k in kind { n = answers[k] }");
    let labels: Vec<_> = of_options.into_iter().flatten().collect();
    assert_eq!(labels, [("good".to_owned(), "好".to_owned())]);
    assert_eq!(keys("result visits").map(|keys| keys.len()), Some(0));
}

#[test]
fn lists_inside_a_result_have_rows_and_single_values_have_none() {
    let rows = rows_of(
        "result number \"人数\" = count of people\n    result both { n = count of people, places \"各名次\" = people.place }",
    );
    let names: Vec<_> = rows.iter().map(|rows| rows.path.join(".")).collect();
    assert_eq!(names, ["both.places"]);
    let labels: Vec<_> = rows.iter().map(|rows| rows.label.as_deref()).collect();
    assert_eq!(labels, [Some("各名次")]);
}
