use super::*;
use proptest::prelude::*;

#[test]
fn the_shipped_questionnaire_is_whole() {
    let questionnaire = Questionnaire::shipped().unwrap();
    assert_eq!(questionnaire.data_sets().len(), 15);
    assert_eq!(questionnaire.elements().len(), 157);
    assert_eq!(questionnaire.rules().len(), 70);
    assert_eq!(questionnaire.indicators().len(), 80);
    assert_eq!(questionnaire.dimensions().len(), 28);
    for set in questionnaire.data_sets() {
        let count = |tier| {
            let (number, _) = questionnaire.data_set(&set.code).unwrap();
            let form = questionnaire.form(number, tier);
            let cells = form.cells().count();
            (u32::try_from(form.parts.len()).unwrap(), u32::try_from(cells).unwrap())
        };
        let (elements, core_elements) = set.announced_elements;
        let (cells, core_cells) = set.announced_cells;
        assert_eq!(count(Tier::Complete), (elements, cells), "{}", set.code);
        assert_eq!(count(Tier::Core), (core_elements, core_cells), "{}", set.code);
    }
}

#[test]
fn a_form_is_typed_in_paper_order() {
    let questionnaire = Questionnaire::shipped().unwrap();
    let (number, set) = questionnaire.data_set("J01").unwrap();
    assert_eq!(set.rhythm, Rhythm::Yearly);
    let form = questionnaire.form(number, Tier::Core);
    let keys: Vec<String> =
        form.cells().map(|it| questionnaire.key(it).to_string()).take(4).collect();
    assert_eq!(
        keys,
        [
            "DEM_POP|SEXE=F;AGE_POP=A00",
            "DEM_POP|SEXE=H;AGE_POP=A00",
            "DEM_POP|SEXE=F;AGE_POP=A01_04",
            "DEM_POP|SEXE=H;AGE_POP=A01_04",
        ]
    );
    let population = &form.parts[0];
    assert_eq!(population.rows.len(), 8);
    assert_eq!(population.columns.as_ref().unwrap().1.len(), 2);
    assert_eq!(form.parts[1].columns, None);
    for part in &form.parts {
        let cells: usize = part.rows.iter().map(|it| it.cells.len()).sum();
        assert_eq!(cells, questionnaire.element(part.element).cells.len());
    }
}

#[test]
fn every_cell_is_found_by_its_codes() {
    let questionnaire = Questionnaire::shipped().unwrap();
    for (number, element) in (0..).zip(questionnaire.elements()) {
        for (cell, _) in (0..).zip(&element.cells) {
            let id = CellId { element: number, cell };
            assert_eq!(questionnaire.cell(&questionnaire.key(id)), Some(id));
        }
    }
    for (element, options) in [
        ("DEM_POP", ""),
        ("DEM_POP", "SEXE=F"),
        ("DEM_POP", "SEXE=F;AGE_POP=A99"),
        ("DEM_POP", "SEXE=F;SEXE=F"),
        ("DEM_VILLAGES", "SEXE=F"),
        ("INCONNU", ""),
    ] {
        let key = CellKey { element: element.to_owned(), options: options.to_owned() };
        assert_eq!(questionnaire.cell(&key), None, "{key}");
    }
}

#[test]
fn formulas_read_back_as_the_files_write_them() {
    let questionnaire = Questionnaire::shipped().unwrap();
    let parity = questionnaire.indicator("I062").unwrap();
    assert_eq!(
        parity.numerator.to_string(),
        "[EDU_ELEVES|CYCLE=F1,SEXE=F]/[DEM_POP|AGE_POP=A07_12,SEXE=F]"
    );
    let all = questionnaire.rules().iter().find(|it| it.code == "V070").unwrap();
    assert_eq!(all.left.to_string(), "[*]");
    assert_eq!(all.data_set, None);
}

#[test]
fn a_faulty_content_file_is_refused_with_its_line_and_column() {
    let swap = |text: &'static str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let elements = |from, to| (swap(SHIPPED.elements, from, to), 0);
    let rules = |from, to| (swap(SHIPPED.rules, from, to), 1);
    let indicators = |from, to| (swap(SHIPPED.indicators, from, to), 2);
    for ((text, file), line, column, problem) in [
        (
            elements("DEM_MENAGES,", "DEM_POP,"),
            4,
            "code",
            ContentProblem::Twice("DEM_POP".to_owned()),
        ),
        (
            elements(",entier,ménages,", ",nombre,ménages,"),
            4,
            "type",
            ContentProblem::NotAllowed("nombre".to_owned()),
        ),
        (
            elements(",SEXE;AGE_POP,", ",SEXE;AGE,"),
            2,
            "ventilations",
            ContentProblem::Unknown("AGE".to_owned()),
        ),
        (
            elements(",0,5000000,", ",zéro,5000000,"),
            2,
            "min",
            ContentProblem::NotANumber("zéro".to_owned()),
        ),
        (elements("Population résidente,", ","), 2, "libelle_fr", ContentProblem::Empty),
        (
            rules("[EDI_SIEGES],=,", "[EDI_SIEGE],=,"),
            2,
            "gauche",
            ContentProblem::Unknown("EDI_SIEGE".to_owned()),
        ),
        (
            rules("[EDI_CONS_INSTR|SEXE=F]", "[EDI_CONS_INSTR|SEXE=X]"),
            5,
            "gauche",
            ContentProblem::Unknown("X".to_owned()),
        ),
        (
            rules("$P_SESS_AN", "$P_SESSIONS"),
            8,
            "droite",
            ContentProblem::Unknown("P_SESSIONS".to_owned()),
        ),
        (
            rules("{pop}", "{population}"),
            2,
            "message_fr",
            ContentProblem::Unknown("population".to_owned()),
        ),
        (
            rules("[CCC_ADH],<=", "[EDI_CONS],<="),
            63,
            "gauche",
            ContentProblem::OtherLevel("EDI_CONS".to_owned()),
        ),
        (
            indicators("CUMUL4([EDI_SESS_ORD])", "CUMUL4([EDI_SIEGES])"),
            10,
            "numerateur",
            ContentProblem::NotAFlow("EDI_SIEGES".to_owned()),
        ),
        (
            indicators("[CCC_ADH],[CCC_CT]", "[CCC_ADH],[DEM_POP]"),
            76,
            "denominateur",
            ContentProblem::OtherLevel("DEM_POP".to_owned()),
        ),
        (
            indicators("moyenne_ponderee:SAN_CSCOM", "moyenne"),
            27,
            "agregation",
            ContentProblem::NotAllowed("moyenne".to_owned()),
        ),
    ] {
        let files = match file {
            0 => Files { elements: &text, ..SHIPPED },
            1 => Files { rules: &text, ..SHIPPED },
            _ => Files { indicators: &text, ..SHIPPED },
        };
        let error = Questionnaire::read(files).unwrap_err();
        let found = (error.line, error.column.as_str(), &error.problem);
        assert_eq!(found, (line, column, &problem), "{error}");
    }
    let error = Questionnaire::read(Files { rules: "code,gravite\n", ..SHIPPED }).unwrap_err();
    assert_eq!(error.problem, ContentProblem::NoColumn);
    let short = format!("{}J16,x\n", SHIPPED.data_sets);
    let error = Questionnaire::read(Files { data_sets: &short, ..SHIPPED }).unwrap_err();
    assert_eq!((error.line, error.file.as_str()), (17, "datasets.csv"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Content comes from people and from packages: whatever it holds, it is read or refused.
    #[test]
    fn no_content_stops_the_program(at in 0..60_000_usize, with in "\\PC{0,6}|[\",\n;]{1,3}", file in 0..7) {
        let spoil = |text: &'static str, number| {
            if number != file {
                return text.to_owned();
            }
            let mut letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            letters.splice(at..(at + 3).min(letters.len()), with.chars());
            letters.into_iter().collect()
        };
        let files = Files {
            data_sets: &spoil(SHIPPED.data_sets, 0),
            elements: &spoil(SHIPPED.elements, 1),
            categories: &spoil(SHIPPED.categories, 2),
            parameters: &spoil(SHIPPED.parameters, 3),
            rules: &spoil(SHIPPED.rules, 4),
            indicators: &spoil(SHIPPED.indicators, 5),
            english: &spoil(SHIPPED.english, 6),
        };
        if let Err(error) = Questionnaire::read(files) {
            prop_assert!(0 < error.line, "{}", error);
        }
    }
}
