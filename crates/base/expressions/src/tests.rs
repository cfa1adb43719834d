use super::*;
use kernel::{Decimal, Quarter};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A unit of the tests: values by leaf text and quarter, and its communes.
#[derive(Default)]
struct Commune {
    values: BTreeMap<(String, String), Decimal>,
    communes: Vec<Commune>,
    ignores_absence: Option<Decimal>,
}

impl Commune {
    fn with(mut self, leaf: &str, quarter: &str, value: &str) -> Self {
        self.values.insert((leaf.to_owned(), quarter.to_owned()), value.parse().unwrap());
        self
    }
}

impl Source for Commune {
    type Leaf = Selection;

    fn quarter(&self) -> Quarter {
        Quarter::new(2024, 2).unwrap()
    }

    fn value(&self, leaf: &Selection, at: At) -> Option<Decimal> {
        let quarter = at.quarter(self.quarter()).to_string();
        self.values.get(&(leaf.to_string(), quarter)).copied().or(self.ignores_absence)
    }

    fn parameter(&self, name: &str) -> Option<Decimal> {
        let seats = [11, 17, 23, 29, 33, 37, 41, 45];
        let step: usize = name.strip_prefix("P_SIEGES_")?.parse().ok()?;
        Some(Decimal::from(*seats.get(step.checked_sub(1)?)?))
    }

    fn count(&self, count: Count) -> Option<Decimal> {
        (count == Count::Communes).then_some(Decimal::ONE)
    }

    fn communes(&self, visit: &mut dyn FnMut(&Self)) {
        self.communes.iter().for_each(visit);
    }
}

fn evaluated(text: &str, source: &Commune) -> Option<String> {
    let value = Expression::parse(text).unwrap().evaluate(source)?;
    Some(value.normalize().to_string())
}

#[test]
fn formulas_are_computed_as_the_reference_says() {
    let commune = Commune::default()
        .with("SAN_CPN1", "2023T3", "10")
        .with("SAN_CPN1", "2023T4", "20")
        .with("SAN_CPN1", "2024T1", "30")
        .with("SAN_CPN1", "2024T2", "40")
        .with("SAN_PENTA3", "2024T2", "5")
        .with("DEM_POP", "2024T2", "20001")
        .with("EDI_MAIRE_F", "2024T2", "1")
        .with("ZERO", "2024T2", "0");
    for (formula, expected) in [
        ("2+3*4", Some("14")),
        ("(2+3)*4", Some("20")),
        ("7-2-1", Some("4")),
        ("8/2/2", Some("2")),
        ("-2*-3", Some("6")),
        ("0.1+0.2", Some("0.3")),
        ("CUMUL4([SAN_CPN1])", Some("100")),
        ("CUMUL4([SAN_PENTA3])", None),
        ("CUMUL_AN([SAN_CPN1])", Some("70")),
        ("PREC([SAN_CPN1])", Some("30")),
        ("PREC(PREC([SAN_CPN1]))", Some("20")),
        ("PREC4([SAN_CPN1])", None),
        ("CUMUL_AN(PREC([SAN_CPN1]))", Some("50")),
        ("PREC(CUMUL_AN([SAN_CPN1]))", Some("30")),
        ("[SAN_CPN1]/[ZERO]", None),
        ("[ZERO]/[SAN_CPN1]", Some("0")),
        ("[SAN_CPN1]+[ABSENT]", None),
        ("RENSEIGNE([ABSENT])", Some("0")),
        ("RENSEIGNE([ZERO])", Some("1")),
        ("OUI([EDI_MAIRE_F])", Some("1")),
        ("OUI([ZERO])", Some("0")),
        ("OUI([ABSENT])", None),
        ("ABS(3-5)", Some("2")),
        ("MAX(1,[ABSENT],3)", Some("3")),
        ("MAX([ABSENT])", None),
        ("SIEGES([DEM_POP])", Some("23")),
        ("SIEGES(10000)", Some("11")),
        ("SIEGES(10001)", Some("17")),
        ("SIEGES(200000)", Some("41")),
        ("SIEGES(200001)", Some("45")),
        ("4*NB_COMMUNES()", Some("4")),
        ("FICHES_A_TEMPS()", None),
        ("$P_INCONNU", None),
        ("SOMME_COMMUNES([EDI_DELIB])", None),
        ("79228162514264337593543950335*10", None),
    ] {
        assert_eq!(evaluated(formula, &commune).as_deref(), expected, "{formula}");
    }
}

#[test]
fn a_sum_of_communes_waits_for_the_last_commune() {
    let answers = |value: &str| Commune::default().with("EDI_DELIB", "2024T2", value);
    let cercle = |communes| Commune { communes, ..Commune::default() };
    let formula = "SOMME_COMMUNES([EDI_DELIB])";
    let complete = cercle(vec![answers("3"), answers("4")]);
    assert_eq!(evaluated(formula, &complete).as_deref(), Some("7"));
    let partial = cercle(vec![answers("3"), Commune::default()]);
    assert_eq!(evaluated(formula, &partial), None);
}

#[test]
fn a_condition_is_unknown_when_a_term_is_absent() {
    let commune = Commune::default().with("EDI_SESS_ORD", "2024T2", "0");
    for (condition, expected) in [
        ("[EDI_SESS_ORD]=0", Some(true)),
        ("[EDI_SESS_ORD]>0", Some(false)),
        ("[EDI_SESS_ORD]>=0", Some(true)),
        ("[EDI_SESS_ORD]<=-1", Some(false)),
        ("[EDI_SESS_ORD]<1", Some(true)),
        ("[EDI_SESS_ORD]+[EDI_SESS_EXT]=0", None),
        ("RENSEIGNE([EDI_SESS_ORD])", Some(true)),
        ("RENSEIGNE([EDI_SESS_EXT])", Some(false)),
    ] {
        let read = Condition::parse(condition).unwrap();
        assert_eq!(read.evaluate(&commune), expected, "{condition}");
        assert_eq!(read.to_string(), condition);
    }
}

#[test]
fn a_mistake_is_shown_at_its_column() {
    let nested = format!("{}1{}", "(".repeat(70), ")".repeat(70));
    let chain = vec!["1"; 70].join("+");
    for (formula, column, problem) in [
        ("", 1, Problem::Empty),
        ("   ", 1, Problem::Empty),
        ("[DEM_POP", 9, Problem::Unfinished("]")),
        ("[DEM_POP]+", 11, Problem::Unfinished("[CODE]")),
        ("[dem_pop]", 2, Problem::Unexpected("d".to_owned())),
        ("[DEM_POP]]", 10, Problem::Unexpected("]".to_owned())),
        ("é+1", 1, Problem::Unexpected("é".to_owned())),
        ("1 2", 3, Problem::Unexpected("2".to_owned())),
        ("1.", 1, Problem::BadNumber("1.".to_owned())),
        ("1.2.3", 1, Problem::BadNumber("1.2.3".to_owned())),
        ("2+CUMUL5([X])", 3, Problem::UnknownFunction("CUMUL5".to_owned())),
        ("ABS(1,2)", 1, Problem::WrongOperands { name: "ABS", found: 2 }),
        ("MAX()", 1, Problem::WrongOperands { name: "MAX", found: 0 }),
        ("NB_COMMUNES(1)", 1, Problem::WrongOperands { name: "NB_COMMUNES", found: 1 }),
        ("CUMUL4(CUMUL_AN([X]))", 8, Problem::Nested("CUMUL_AN")),
        ("[X|SEXE=F,SEXE=H]", 11, Problem::RepeatedDimension("SEXE".to_owned())),
        ("[X|SEXE]", 8, Problem::Unexpected("]".to_owned())),
        ("[X]=0", 4, Problem::Comparison),
        ("OUI([X]>0)", 8, Problem::Comparison),
        (&nested, 65, Problem::TooDeep),
        (&chain, 130, Problem::TooDeep),
        (&"1".repeat(2_001), 1, Problem::TooLong),
    ] {
        assert_eq!(Expression::parse(formula), Err(ParseError { column, problem }), "{formula}");
    }
}

fn name() -> impl Strategy<Value = String> {
    "[A-Z][A-Z0-9_]{0,6}"
}

fn selection() -> impl Strategy<Value = Selection> {
    let subject = prop_oneof![name().prop_map(Subject::Element), Just(Subject::Every)];
    let parts = prop::collection::btree_map(name(), prop::collection::vec(name(), 1..3), 0..3);
    (subject, parts).prop_map(|(subject, parts)| {
        let part = |(dimension, options)| Part { dimension, options };
        Selection { subject, parts: parts.into_iter().map(part).collect() }
    })
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        (0..1_000_000_000_u64, 0..6_u32)
            .prop_map(|(digits, places)| Node::Number(Decimal::new(digits.cast_signed(), places))),
        selection().prop_map(Node::Leaf),
        name().prop_map(Node::Parameter),
        Just(Node::Call(Function::Communes, Vec::new())),
    ];
    leaf.prop_recursive(6, 40, 3, |inner| {
        let signs = prop_oneof![
            Just(Arithmetic::Add),
            Just(Arithmetic::Subtract),
            Just(Arithmetic::Multiply),
            Just(Arithmetic::Divide)
        ];
        let boxed = inner.clone().prop_map(Box::new);
        // One operand functions that may hold anything.
        let functions = prop_oneof![
            Just(Function::Previous),
            Just(Function::YearBefore),
            Just(Function::Seats),
            Just(Function::Yes),
            Just(Function::Magnitude),
            Just(Function::Filled)
        ];
        prop_oneof![
            boxed.clone().prop_map(Node::Negate),
            (signs, boxed.clone(), boxed)
                .prop_map(|(sign, left, right)| Node::Arithmetic(sign, left, right)),
            (functions, inner.clone())
                .prop_map(|(function, operand)| Node::Call(function, vec![operand])),
            prop::collection::vec(inner, 1..4).prop_map(|it| Node::Call(Function::Largest, it)),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_reads_back_what_it_writes(root in node()) {
        let written = root.to_string();
        prop_assume!(written.len() <= MAX_TEXT);
        let read = Expression::parse(&written).unwrap();
        prop_assert_eq!(read.root(), &root, "{}", written);
    }

    #[test]
    fn no_text_stops_the_program(text in "[\\[\\]()|$=<>+*/,.A-Z0-9 éÀ-]{0,60}") {
        if let Ok(read) = Expression::parse(&text) {
            prop_assert_eq!(Expression::parse(&read.to_string()), Ok(read));
        }
        let _ = Condition::parse(&text);
    }

    #[test]
    fn no_value_stops_the_program(root in node(), number in any::<i128>(), scale in 0..28_u32) {
        let number = number >> 32; // 96 bits, the largest decimal.
        let everywhere = Decimal::try_from_i128_with_scale(number, scale).unwrap_or(Decimal::MAX);
        let source = Commune { ignores_absence: Some(everywhere), ..Commune::default() };
        let _ = Expression { root }.evaluate(&source);
    }
}
