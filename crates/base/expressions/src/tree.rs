//! The tree of a formula.

use crate::{ParseError, parser};
use kernel::Decimal;

/// A formula that gives a number.
///
/// `L` is what stands in square brackets: the [`Selection`] as written, or what a caller has
/// resolved it to with [`Expression::try_map`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression<L = Selection> {
    // Bounded in depth by the parser, so that walking it never exhausts the stack.
    pub(crate) root: Node<L>,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<L = Selection> {
    /// A number, never negative: `-3` is the negation of `3`.
    Number(Decimal),
    /// A part of the data, in square brackets.
    Leaf(L),
    /// A parameter, with its prefix: `$P_HAB_PEM` holds `P_HAB_PEM`.
    Parameter(String),
    /// `-x`.
    Negate(Box<Node<L>>),
    /// Two operands.
    Arithmetic(Arithmetic, Box<Node<L>>, Box<Node<L>>),
    /// A function and its operands, as many as the function takes.
    Call(Function, Vec<Node<L>>),
}

/// An operation of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Arithmetic {
    /// The sign in a formula.
    pub fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
        }
    }

    pub(crate) fn binds_tightly(self) -> bool {
        matches!(self, Self::Multiply | Self::Divide)
    }
}

/// What `[…]` names: a data element and, if the whole of it is not meant, the options kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    /// The data element.
    pub subject: Subject,
    /// The dimensions that are narrowed, in the order written; no dimension comes twice.
    pub parts: Vec<Part>,
}

/// The data element of a selection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The element of this code.
    Element(String),
    /// `*`: each element in turn, in a rule that is meant for all.
    Every,
}

/// One dimension of a selection and the options kept, added together: `QUAL_SANTE=MED+INF`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The code of the dimension.
    pub dimension: String,
    /// The codes of the options, at least one.
    pub options: Vec<String>,
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `CUMUL4(x)`: the sum of the last four quarters; absent if one is missing.
    LastFourQuarters,
    /// `CUMUL_AN(x)`: the sum from the first quarter of the calendar year; absent if one is missing.
    YearToDate,
    /// `PREC(x)`: the period before, each element by its own rhythm.
    Previous,
    /// `PREC4(x)`: the same quarter a year before.
    YearBefore,
    /// `SIEGES(x)`: the seats of a council for a population, by the scale in the parameters.
    Seats,
    /// `OUI(x)`: 1 if the answer is yes, 0 if it is no.
    Yes,
    /// `ABS(x)`: the magnitude.
    Magnitude,
    /// `MAX(x, y, …)`: the largest of the operands that are known.
    Largest,
    /// `RENSEIGNE(x)`: 1 if there is a value, 0 if there is none. Never absent.
    Filled,
    /// `NB_COMMUNES()`: 1 for each commune that answers.
    Communes,
    /// `SOMME_COMMUNES(x)`: the sum over the communes of the unit; absent if one is missing.
    SumOfCommunes,
    /// `FICHES_A_TEMPS()`: the returns that came within the deadline.
    ReturnsOnTime,
    /// `FICHES_ATTENDUES()`: the returns expected.
    ReturnsExpected,
    /// `CASES_RENSEIGNEES()`: the mandatory cells that hold a value.
    CellsFilled,
    /// `CASES_OBLIGATOIRES()`: the mandatory cells.
    CellsExpected,
}

impl Function {
    /// All the functions.
    pub const ALL: [Self; 15] = [
        Self::LastFourQuarters,
        Self::YearToDate,
        Self::Previous,
        Self::YearBefore,
        Self::Seats,
        Self::Yes,
        Self::Magnitude,
        Self::Largest,
        Self::Filled,
        Self::Communes,
        Self::SumOfCommunes,
        Self::ReturnsOnTime,
        Self::ReturnsExpected,
        Self::CellsFilled,
        Self::CellsExpected,
    ];

    /// The name in a formula.
    pub fn name(self) -> &'static str {
        match self {
            Self::LastFourQuarters => "CUMUL4",
            Self::YearToDate => "CUMUL_AN",
            Self::Previous => "PREC",
            Self::YearBefore => "PREC4",
            Self::Seats => "SIEGES",
            Self::Yes => "OUI",
            Self::Magnitude => "ABS",
            Self::Largest => "MAX",
            Self::Filled => "RENSEIGNE",
            Self::Communes => "NB_COMMUNES",
            Self::SumOfCommunes => "SOMME_COMMUNES",
            Self::ReturnsOnTime => "FICHES_A_TEMPS",
            Self::ReturnsExpected => "FICHES_ATTENDUES",
            Self::CellsFilled => "CASES_RENSEIGNEES",
            Self::CellsExpected => "CASES_OBLIGATOIRES",
        }
    }

    /// The function of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// How many operands it takes: at least, at most.
    pub fn operands(self) -> (usize, usize) {
        match self {
            Self::Communes
            | Self::ReturnsOnTime
            | Self::ReturnsExpected
            | Self::CellsFilled
            | Self::CellsExpected => (0, 0),
            Self::Largest => (1, crate::MAX_DEPTH),
            _ => (1, 1),
        }
    }

    /// Whether it adds its operand over several quarters or units. Such a function may not hold
    /// one of the same family, since the work would grow by a power at each level.
    pub(crate) fn repeats(self) -> Option<Repeat> {
        match self {
            Self::LastFourQuarters | Self::YearToDate => Some(Repeat::Time),
            Self::SumOfCommunes => Some(Repeat::Territory),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    Time,
    Territory,
}

/// Where a leaf stands in its formula, for the checks that a caller makes when it resolves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Under `CUMUL4` or `CUMUL_AN`.
    pub accumulated: bool,
    /// Under `SOMME_COMMUNES`.
    pub of_communes: bool,
}

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    ///
    /// The first mistake and its column.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parser::expression(text)
    }

    /// Where the nodes of a formula stand in its text, in the order of [`Expression::nodes`]: the
    /// column of an operation is that of its sign.
    ///
    /// # Errors
    ///
    /// The first mistake and its column.
    pub fn columns(text: &str) -> Result<Vec<usize>, ParseError> {
        parser::columns(text)
    }
}

impl<L> Expression<L> {
    /// The formula that is one leaf.
    pub fn leaf(leaf: L) -> Self {
        Self { root: Node::Leaf(leaf) }
    }

    /// The formula that is one number.
    pub fn number(number: Decimal) -> Self {
        Self { root: Node::Number(number) }
    }

    /// The top of the tree.
    pub fn root(&self) -> &Node<L> {
        &self.root
    }

    /// The same formula with every leaf replaced.
    ///
    /// # Errors
    ///
    /// The first one that `read` gives.
    pub fn try_map<M, E>(
        &self,
        read: &mut impl FnMut(&L, Place) -> Result<M, E>,
    ) -> Result<Expression<M>, E> {
        Ok(Expression { root: map(&self.root, Place::default(), read)? })
    }

    /// All the nodes, parents first, in the order written.
    pub fn nodes(&self) -> Vec<&Node<L>> {
        let mut found = Vec::new();
        let mut waiting = vec![&self.root];
        while let Some(node) = waiting.pop() {
            found.push(node);
            match node {
                Node::Number(_) | Node::Leaf(_) | Node::Parameter(_) => {}
                Node::Negate(inner) => waiting.push(inner),
                Node::Arithmetic(_, left, right) => waiting.extend([&**right, &**left]),
                Node::Call(_, operands) => waiting.extend(operands.iter().rev()),
            }
        }
        found
    }

    /// The leaves, in the order written.
    pub fn leaves(&self) -> impl Iterator<Item = &L> {
        self.nodes().into_iter().filter_map(|it| match it {
            Node::Leaf(leaf) => Some(leaf),
            _ => None,
        })
    }

    /// The names of the parameters, in the order written.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.nodes().into_iter().filter_map(|it| match it {
            Node::Parameter(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether the formula calls this function.
    pub fn calls(&self, function: Function) -> bool {
        self.nodes().into_iter().any(|it| matches!(it, Node::Call(found, _) if *found == function))
    }
}

fn map<L, M, E>(
    node: &Node<L>,
    place: Place,
    read: &mut impl FnMut(&L, Place) -> Result<M, E>,
) -> Result<Node<M>, E> {
    Ok(match node {
        Node::Number(number) => Node::Number(*number),
        Node::Leaf(leaf) => Node::Leaf(read(leaf, place)?),
        Node::Parameter(name) => Node::Parameter(name.clone()),
        Node::Negate(inner) => Node::Negate(Box::new(map(inner, place, read)?)),
        Node::Arithmetic(sign, left, right) => {
            let left = Box::new(map(left, place, read)?);
            Node::Arithmetic(*sign, left, Box::new(map(right, place, read)?))
        }
        Node::Call(function, operands) => {
            let inside = match function.repeats() {
                Some(Repeat::Time) => Place { accumulated: true, ..place },
                Some(Repeat::Territory) => Place { of_communes: true, ..place },
                None => place,
            };
            let operands: Result<_, E> = operands.iter().map(|it| map(it, inside, read)).collect();
            Node::Call(*function, operands?)
        }
    })
}
