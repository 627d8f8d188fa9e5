//! Verdicts on schemes of which it is known by hand what holds: each was once a way to a wrong one.
//!
//! What is false must never be called proved, and what holds never refuted; that a prover cannot
//! tell is no error here, except where a test says that it can.

#![expect(
    clippy::expect_used,
    reason = "a scheme of a test that has errors fails the test"
)]

use assize::Checker;
use assize::input::Subject;
use assize::prospect::Extent;
use assize::prove::{Effort, Kind, Property, Verdict};

fn properties(body: &str) -> Vec<Property> {
    let text = format!("scheme a \"测\" {{\n{body}\n}}\n");
    let checked = Checker::new().effort(Effort { regions: 0 }).check(&text);
    let scheme = checked.scheme.expect("a scheme of the test has errors");
    scheme.prove(Effort { regions: 300 }).properties
}

fn guarantees(body: &str) -> Vec<Property> {
    let mut all = properties(body);
    all.retain(|property| property.kind == Kind::Guarantee);
    all
}

/// Every guarantee of the scheme is false, by a subject that the test names.
fn all_false(body: &str) {
    let all = guarantees(body);
    assert!(!all.is_empty());
    for property in all {
        assert_ne!(property.verdict, Verdict::Proved, "{}", property.claim.en);
    }
}

/// Every guarantee of the scheme holds.
fn all_true(body: &str) {
    let all = guarantees(body);
    assert!(!all.is_empty());
    for property in all {
        let refuted = matches!(property.verdict, Verdict::Refuted(_));
        assert!(!refuted, "{}: {:?}", property.claim.en, property.verdict);
    }
}

/// Every guarantee of the scheme holds, and is within reach.
fn all_proved(body: &str) {
    for property in guarantees(body) {
        assert_eq!(property.verdict, Verdict::Proved, "{}", property.claim.en);
    }
}

/// c = 3 and m = { bb 0, cc 0 }: aa is 3.
#[test]
fn each_key_of_a_map_has_its_own_default() {
    all_false(
        "choice level \"档次\" best first { aa, bb, cc }
        input c : count
        input m : count per level = c
        item i out of 10 { score 5 }
        guarantee not (m.aa >= 3 and m.bb < 3)",
    );
}

/// f = yes, m = { aa 5, bb 0 }.
#[test]
fn each_key_of_a_chosen_map_is_its_own() {
    all_false(
        "choice level \"档次\" best first { aa, bb }
        input f : flag
        input m : count per level
        input n : count per level
        let o = if f then m else n
        item i out of 10 { score 5 }
        guarantee not (o.aa >= 3 and o.bb < 3)",
    );
}

/// x = 0, y = 100 gives 100.
#[test]
fn points_of_a_line_may_be_figures_themselves() {
    all_false(
        "input x : points 0..100
        input y : points 0..100
        table t by x between points { 0 => y, 100 => 5 }
        item i out of 100 { score t of x }
        guarantee total <= 50",
    );
}

/// a + b = 3 and c + d = 5 gives 5.
#[test]
fn comparisons_of_several_keys_are_told_apart() {
    all_false(
        "input a : count up to 20
        input b : count up to 20
        input c : count up to 20
        input d : count up to 20
        table t by a, c { 51 or 52 or 3, above 4 => 5, otherwise => 6 }
        item i out of 10 { score t of (a + b, c + d) }
        guarantee i <> 5",
    );
}

/// Without l no line says `missing`: the item counts as full.
#[test]
fn otherwise_does_not_answer_a_missing_key() {
    all_false(
        "choice level \"档次\" best first { aa, bb, cc }
        input l : level, optional
        input c : count
        table t by l, c { aa, 0..2 => 3, bb, 0..2 => 4, otherwise => 5 }
        item i out of 10 { score t of (l, c)
            missing => count as full }
        guarantee i <= 5",
    );
}

/// x = 0 gives 0; left out, it gives 60.
#[test]
fn leaving_out_what_has_a_default_may_gain() {
    all_false(
        "choice level \"档次\" best first { aa, bb }
        input x : points 0..50 = 30
        input m : points 0..10 per level = 4
        item i out of 50 { score x }
        item j out of 20 { score sum of m }
        guarantee i never gains by missing x
        guarantee j never gains by missing m
        guarantee total never gains by missing m",
    );
    all_proved(
        "input x : points 0..50 = 0
        item i out of 50 { score x }
        guarantee i never gains by missing x",
    );
}

/// f = no, without o: the weight of o goes to k, which does not apply, and is lost.
/// (40 % of 80) / 80 % = 40.
#[test]
fn weights_given_to_who_does_not_apply_are_lost() {
    all_false(
        "input f : flag
        input o : points 80..100, optional
        input p : points 80..100
        input q : points 80..100
        item k out of 100 { score q
            applies when f }
        group g out of 100 {
            40% of o
            40% of p
            20% of k
            o missing => give its weight to k
            missing => no value
        }
        item z out of 100 { score g
            missing => count as full }
        guarantee z >= 70",
    );
}

/// f = no, p = 100, without o: 95 % of 100 over 80 %.
#[test]
fn listed_weights_may_exceed_where_somebody_does_not_apply() {
    all_false(
        "input f : flag
        input o : points 80..100, optional
        input p : points 80..100
        input q : points 80..100
        item k out of 100 { score q
            applies when f }
        group g out of 100 {
            may exceed
            40% of o
            40% of p
            20% of k
            o missing => weights { p 95%, k 5% }
            missing => no value
        }
        guarantee g <= 100",
    );
}

/// f = no: nobody is left with a weight, and the group has no value.
#[test]
fn a_group_may_be_left_without_weights() {
    all_false(
        "input f : flag
        item k out of 100 { score 50
            applies when f }
        item l out of 100 { score 50 }
        group g out of 100 {
            100% of k
            0% of l
        }
        item z out of 100 { score g
            missing => count as full }
        guarantee z <= 60",
    );
}

/// More of aa takes 1 away.
#[test]
fn a_loop_over_options_is_seen_as_a_whole() {
    all_false(
        "choice level \"档次\" best first { aa, bb, cc }
        input m : count per level
        let worth per level { aa => -1, bb => 1, cc => 2 }
        item i out of 100 { score 50 + sum of (worth[o] * m[o] for o in level) }
        guarantee total never falls with m",
    );
    all_proved(
        "choice level \"档次\" best first { aa, bb, cc }
        input m : count per level
        let worth per level { aa => 1, bb => 1, cc => 2 }
        item i out of 100 { score 50 + sum of (worth[o] * m[o] for o in level) }
        guarantee total never falls with m",
    );
}

/// [5, 9, 4] keeps 5, 9, of which the last is 9; with 6 for 4 it keeps 9, 6.
#[test]
fn places_among_the_highest_change() {
    all_false(
        "input l : list of points 0..10
        item i out of 10 { score sum of (last 1 of (highest 2 of l))
            missing => count as zero }
        guarantee i never falls with l",
    );
}

/// n = 1, a = 3: steps are counted from the lower end.
#[test]
fn steps_begin_at_the_lower_end() {
    all_false(
        "input n : count up to 3
        input a : count from n up to 9, step 2
        item i out of 10 { score 5 }
        guarantee a <> 3",
    );
}

/// c = 4, without people.
#[test]
fn rows_that_may_be_absent_require_nothing() {
    all_false(
        "input c : count up to 5
        input people : list of { name : text unique, low : number from c up to 3 }, optional
        item i out of 10 { score if given people then 5 else 6 }
        guarantee (if given people then sum of people.low else 0) >= 1 or c <= 3",
    );
}

/// c = 5, d = 3, without people; a = 5, b = 3 in a row without x.
#[test]
fn two_ends_of_what_may_be_absent_require_nothing() {
    all_false(
        "input c : count up to 5
        input d : count up to 5
        input people : list of { low : number from c up to d }, optional
        item i out of 10 { score if given people then 5 else 6 }
        guarantee (if given people then sum of people.low else 0) >= 1 or c <= d",
    );
    all_false(
        "input l : list of { a : points 0..10, b : points 0..10,
            x : points from a up to b, optional }
        each p in l {
            let known = if given p.x then p.x else 0
        }
        item i out of 10 { score 5 }
        guarantee every l has known >= 0 and a <= b
        guarantee (sum of l.known) >= 0 and (sum of l.a) <= (sum of l.b)",
    );
}

/// c = 4, without people.
#[test]
fn ranks_that_may_be_absent_require_nothing() {
    all_false(
        "input c : count up to 5
        input people : list of { name : text unique, score : points 0..100 }, optional
        each p in people {
            let place = rank of score in people, highest first, ties share
        }
        item i out of 10 { score if given people then 5 else 6 }
        guarantee (if given people then max of people.place else 0) >= 1 or c <= 3",
    );
}

/// One person, who is below the limit: nobody has a rank.
#[test]
fn ranks_among_nobody_require_nothing() {
    all_false(
        "input people : list of { name : text unique, score : points 0..100 }
        each p in people {
            let place = rank of score in (people where score > 200), highest first, ties share
        }
        item i out of 10 { score 5 }
        guarantee (count of people.place) >= 1
        guarantee (max of (people.place skipping missing) otherwise 0) >= 1",
    );
}

/// late, not late, not late: 10, 5, 2.5.
#[test]
fn what_is_handed_on_may_be_halved_again() {
    all_false(
        "input l : list of { late : flag } in order
        each p in l {
            carry c : number = 0 becomes if p.late then 10 else c / 2
            let d = c
        }
        item i out of 10 { score 5 }
        guarantee every l has d <> 2.5
        guarantee count of (l where d = 2.5) = 0",
    );
}

/// What is asked for changes with n; nobody else may change with it.
#[test]
fn two_subjects_differ_in_one_figure() {
    all_true(
        "input n : count
        input a : count, only when n < 5
        item i out of 100 { start at 50
            add 1 per a
            missing => count as full }
        guarantee i never rises with n",
    );
}

/// bb for aa takes 3 away, and aa for bb gives them.
#[test]
fn a_better_option_in_a_map_or_list_is_more_of_it() {
    all_false(
        "choice kind { xx, yy }
        choice lev best first { aa, bb }
        input m : lev per kind
        input l : list of lev
        table t by lev { aa => 5, bb => 2 }
        item i out of 10 { score t of m.xx }
        item j out of 100 { score sum of (t of o for o in l) }
        guarantee i never rises with m
        guarantee j never rises with l",
    );
    all_true(
        "choice kind { xx, yy }
        choice lev best first { aa, bb }
        input m : lev per kind
        input l : list of lev
        table t by lev { aa => 5, bb => 2 }
        item i out of 10 { score t of m.xx }
        item j out of 100 { score sum of (t of o for o in l) }
        guarantee i never falls with m
        guarantee j never falls with l",
    );
}

/// Two months below 5 in a row, given in any order: the second has 2.
#[test]
fn rows_in_order_are_taken_as_they_stand() {
    let found = guarantees(
        "input l : list of { month : count, x : points 0..10 } in order by month
        each p in l {
            run low of p.x < 5, gaps break
            carry left : points = 0 becomes left + p.x
            let sum_so_far = left
        }
        item i out of 100 { score sum of l.low }
        guarantee every l has low <= 1
        guarantee i <= 2
        guarantee every l has sum_so_far <= 15",
    );
    for property in found {
        let refuted = matches!(property.verdict, Verdict::Refuted(Some(_)));
        assert!(refuted, "{}: {:?}", property.claim.en, property.verdict);
    }
}

/// The number of a month is no figure of which there is more, and a row holds no other.
#[test]
fn what_orders_rows_is_not_raised() {
    all_true(
        "input l : list of { month : count, late : flag } in order by month
        each p in l {
            run low of p.late, gaps break
        }
        item i out of 100 { score sum of l.low }
        guarantee i never falls with l
        guarantee i never rises with l",
    );
}

fn division(body: &str) -> Vec<Verdict> {
    let all = properties(body);
    let divisions = all
        .into_iter()
        .filter(|property| property.kind == Kind::Division);
    divisions.map(|property| property.verdict).collect()
}

/// What is not chosen may divide by zero; nobody is refused.
#[test]
fn a_division_that_is_not_chosen_refuses_nobody() {
    let all = division(
        "input a : count up to 20
        input b : count up to 20
        item i out of 100 { score if b > 5 then a / (b - 5) * 1 point else 3 }",
    );
    for verdict in all {
        assert!(!matches!(verdict, Verdict::Refuted(_)), "{verdict:?}");
    }
}

/// b = 3.
#[test]
fn a_division_by_zero_that_comes_out_is_found() {
    let all = division(
        "input a : count up to 20
        input b : count 1..20
        item i out of 10 { score 3 }
        result q = a / (b - 3)",
    );
    assert!(!all.is_empty());
    for verdict in all {
        assert!(matches!(verdict, Verdict::Refuted(Some(_))), "{verdict:?}");
    }
}

/// 5 of 10 is the least, 10 of 5 the most.
#[test]
fn the_least_quotient_is_not_that_of_the_least_dividend() {
    let text = "scheme a \"测\" {
        input received : count 5..10
        input replied : count 5..10
        item i out of 100 { score replied / received * 100
            may exceed }
    }";
    let checked = Checker::new().effort(Effort { regions: 0 }).check(text);
    let scheme = checked.scheme.unwrap();
    let prepared = scheme.prepare(Subject::default()).unwrap();
    let possible = prepared
        .possible(&Subject::default(), Effort::default())
        .unwrap();
    let total = possible.totals.first().unwrap();
    let at = |extent: &Extent| match extent {
        Extent::At(value, _) => value.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(at(&total.least), "50");
    assert_eq!(at(&total.greatest), "200");
}

/// What is guaranteed of shops that have branches: 100 − 150 = −50 for a branch with 150 deducted.
fn guarantees_of_branches(guarantees: &str) -> Vec<Verdict> {
    let branch = assize::check(
        "scheme branch {
            input visit : points 0..100
            input deducted : points 0..
            item inspected out of 100 { score visit }
            total {
                deduct deducted
                may go below zero
            }
        }",
    );
    let branch = branch.scheme.expect("the branch has errors");
    let text = format!(
        "scheme shop {{
            input branches : list of result of branch
            let mean_score = mean of branches.total skipping missing
            no result none when count of (branches where given total) = 0
            result mean_score
            {guarantees}
        }}"
    );
    let beside = |slug: &str| (slug == "branch").then(|| branch.clone());
    let checker = Checker::new().effort(Effort { regions: 0 }).beside(&beside);
    let scheme = checker.check(&text).draft.expect("the shop has errors");
    let proofs = scheme.prove_guarantees(Effort { regions: 300 });
    let verdicts = proofs.properties.into_iter().map(|own| own.verdict);
    verdicts.collect()
}

/// Once nothing was known of them, not even that there are any, and all of it was proved.
#[test]
fn rows_that_another_scheme_scores_are_somebodys() {
    let verdicts = guarantees_of_branches(
        "guarantee mean_score >= 0
        guarantee mean_score <= 99
        guarantee count of branches = 0
        guarantee every b in branches has total = inspected",
    );
    assert_eq!(verdicts.len(), 4);
    for verdict in &verdicts {
        assert_ne!(*verdict, Verdict::Proved, "{verdicts:?}");
    }
    // A row is found that gives such results.
    for verdict in verdicts.iter().take(2) {
        assert!(verdict.is_refuted(), "{verdict:?}");
    }
}

#[test]
fn the_results_of_rows_lie_where_their_scheme_lets_them() {
    let verdicts = guarantees_of_branches(
        "guarantee mean_score <= 100
        guarantee max of branches.inspected in 0..100",
    );
    assert_eq!(verdicts, [Verdict::Proved, Verdict::Proved]);
}

/// More deducted is more in a row, and less in its total.
#[test]
fn what_another_scheme_scores_has_no_more_and_less() {
    let verdicts = guarantees_of_branches("guarantee mean_score never falls with branches");
    assert_eq!(verdicts, [Verdict::Undecided]);
}

/// What is said of money, of consequences and of lines, each in English with its verdict.
fn told(kind: Kind, body: &str) -> Vec<(String, &'static str)> {
    let mut all = properties(body);
    all.retain(|property| property.kind == kind);
    let said = all
        .into_iter()
        .map(|own| (own.claim.en, own.verdict.name()));
    said.collect()
}

/// From 60 on 5 yuan a point, from 90 on 1000 yuan: 89 points come to 445 yuan, 555 less than 90. At 60
/// it is 300 yuan that are gained at once.
#[test]
fn one_point_moves_so_much_money() {
    let all = told(
        Kind::Jump,
        "input score : points 0..100
        consequence pay amount (if score >= 90 then 1000 yuan else score * 5 yuan) when score >= 60",
    );
    let claim = "1 more or less of score moves pay by at most 555 yuan";
    assert_eq!(all, [(claim.to_owned(), "proved")]);
}

/// Fined by the total, whatever it is made of: 60 − 0 = 60 at 90 points, 100 − 60 = 40 at 80, and no
/// point passes both.
#[test]
fn money_by_a_score_moves_with_the_score() {
    let all = told(
        Kind::Jump,
        "input found, missed : count
        item order out of 50 { start at 50
            deduct 3 per found }
        item reply out of 50 { start at 50
            deduct 2 per missed }
        table fine by total { from 90 => 0 yuan
            from 80 => 60 yuan
            otherwise => 100 yuan }
        result fine_due = fine of total",
    );
    let claim = "1 more or less of 总分 moves fine_due by at most 60 yuan";
    assert_eq!(all, [(claim.to_owned(), "proved")]);
}

/// A wage without an end moves by sums without an end: nothing is said.
#[test]
fn money_without_an_end_is_not_told() {
    let body = "input wage : money 0..
        input score : points 0..100
        result pay = wage * (if score >= 60 then 100% else 70%)";
    assert!(told(Kind::Jump, body).is_empty());
}

#[test]
fn a_reward_and_a_fine_that_meet_are_found() {
    let body = |fine: &str| {
        format!(
            "input score : points 0..100
            input other : points 0..100
            consequence bonus amount 500 yuan when score >= 80
            consequence fine amount 200 yuan when {fine}"
        )
    };
    // Both at 80.
    let meeting = told(Kind::Contradiction, &body("score <= 80"));
    assert_eq!(meeting.first().map(|own| own.1), Some("refuted"));
    let apart = told(Kind::Contradiction, &body("score < 80"));
    assert_eq!(apart.first().map(|own| own.1), Some("proved"));
    // One may do well in one thing and badly in another.
    assert!(told(Kind::Contradiction, &body("other <= 80")).is_empty());
}

#[test]
fn lines_that_never_count_are_found() {
    let verdicts = told(
        Kind::LineActs,
        "input complaints : count up to 5
        item service out of 100 { start at 100
            deduct 10 per complaints
            deduct 20 per complaints beyond 5
            add 5 when complaints = 0 and complaints > 1
            deduct 1 per full 5 of complaints }",
    );
    let verdicts: Vec<&str> = verdicts.into_iter().map(|own| own.1).collect();
    assert_eq!(verdicts, ["proved", "refuted", "refuted", "proved"]);
}

/// A row has 90 at most, so the first never follows; with 10 the second does, with 10 twice.
#[test]
fn consequences_among_rows_are_looked_at() {
    let verdicts = told(
        Kind::ConsequenceFires,
        "input people : list of { name : text; score : points 0..90 }
        each p in people {
            consequence praise when p.score > 90
            consequence talk when p.score < 20
            consequence warning amount 50 yuan when p.score < 20 and p.name = \"x\"
        }",
    );
    let of = |place: usize| verdicts.get(place).map(|own| own.1);
    assert_eq!(verdicts.len(), 3);
    assert_eq!(of(0), Some("refuted"));
    assert_eq!(of(1), Some("proved"));
    assert_ne!(of(2), Some("refuted"), "a name may be x");
}

/// 30 points at most, 6 for each: five. 3 at most, 1 for each: three. And of 8 there is no 51st.
#[test]
fn what_is_used_up_is_told_exactly() {
    let said = told(
        Kind::Exhausted,
        "input n, m : count, lower is better
        input k : count up to 8, lower is better
        item i out of 40 { start at 40
            deduct 6 per n at most 30 }
        item r out of 50 { start at 50
            deduct 1 per m at most 3 }
        item o out of 50 { start at 50
            deduct 1 per k }",
    );
    let said: Vec<&str> = said.iter().map(|own| own.0.as_str()).collect();
    let expected = [
        "from number 6 of n on, i loses nothing more",
        "from number 4 of m on, r loses nothing more",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_division_names_its_divisor() {
    let of = |divisor: &str| {
        let body = format!(
            "input a, b : count
            let q = 10 * a / {divisor}
            result q"
        );
        let said = told(Kind::Division, &body);
        said.first().map(|own| own.0.clone()).unwrap_or_default()
    };
    assert_eq!(of("b"), "nobody is refused because b is zero");
    assert_eq!(
        of("(a + b)"),
        "nobody is refused because the divisor is zero"
    );
}

/// A share of all answers is at most all of them.
#[test]
fn answers_are_counted_together() {
    all_proved(
        "choice opinion { good, fair, bad }
        input answers : count per opinion = 0
        let share_good = answers.good / count of answers otherwise 0%
        result share_good
        guarantee share_good <= 100%
        guarantee count of answers >= answers.good",
    );
}

/// 50 yuan for each above three: with two, −50.
#[test]
fn an_amount_that_changes_its_sign_is_found() {
    let verdicts = |when: &str| {
        let body = format!(
            "input n : count
            consequence bonus amount 50 yuan * (n - 3) when {when}"
        );
        let all = told(Kind::AmountSign, &body);
        all.into_iter().map(|own| own.1).collect::<Vec<_>>()
    };
    assert_eq!(verdicts("n > 1"), ["refuted"]);
    assert_eq!(verdicts("n > 3 and n < 10"), ["proved"]);
}

/// Nobody is better than A; three complaints leave 70, which is C already; with one it is A and
/// becomes B.
#[test]
fn lines_behind_the_levels_that_change_nothing_are_found() {
    let verdicts = told(
        Kind::LineActs,
        "choice level best first { A, B, C }
        input n : count, lower is better
        item service out of 100 { start at 100 }
        total { deduct 10 per n }
        grade by total {
            from 90 => A
            from 80 => B
            otherwise => C
            when n >= 1 => no better than A
            when n >= 3 => no better than B
            when n >= 1 => no better than B
        }",
    );
    let verdicts: Vec<&str> = verdicts.into_iter().map(|own| own.1).collect();
    assert_eq!(verdicts, ["proved", "refuted", "refuted", "proved"]);
}
