//! Words into a tree, by recursive descent.

use crate::condition::Columns;
use crate::lexer::{Token, Word, words};
use crate::tree::Repeat;
use crate::{
    Arithmetic, Comparator, Condition, Expression, Function, MAX_DEPTH, Node, ParseError, Part,
    Problem, Selection, Subject,
};

pub(crate) fn expression(text: &str) -> Result<Expression, ParseError> {
    let mut parser = Parser::new(text)?;
    let root = parser.sum()?.node;
    match parser.peek() {
        None => Ok(Expression { root }),
        Some(Token::Compare(_)) => Err(parser.stop(Problem::Comparison)),
        Some(_) => Err(parser.unexpected()),
    }
}

/// The column of each node, in the order of [`Expression::nodes`]: of an operation, its sign.
pub(crate) fn columns(text: &str) -> Result<Vec<usize>, ParseError> {
    Ok(Parser::new(text)?.sum()?.columns)
}

/// The same of a condition: its left side, the sign of comparison, its right side.
pub(crate) fn condition_columns(text: &str) -> Result<Columns, ParseError> {
    let mut parser = Parser::new(text)?;
    let left = parser.sum()?.columns;
    let sign = parser.column();
    if !matches!(parser.peek(), Some(Token::Compare(_))) {
        return Ok((left, None));
    }
    parser.at += 1;
    Ok((left, Some((sign, parser.sum()?.columns))))
}

pub(crate) fn condition(text: &str) -> Result<Condition, ParseError> {
    let mut parser = Parser::new(text)?;
    let left = Expression { root: parser.sum()?.node };
    let comparison = match parser.peek() {
        None => None,
        Some(Token::Compare(comparator)) => {
            let comparator: Comparator = *comparator;
            parser.at += 1;
            Some((comparator, Expression { root: parser.sum()?.node }))
        }
        Some(_) => return Err(parser.unexpected()),
    };
    match parser.peek() {
        None => Ok(Condition { left, comparison }),
        Some(_) => Err(parser.unexpected()),
    }
}

/// A node with the height of its tree and the columns of its nodes, parents first.
struct Grown {
    node: Node,
    height: usize,
    columns: Vec<usize>,
}

impl Grown {
    fn flat(node: Node, column: usize) -> Self {
        Self { node, height: 1, columns: vec![column] }
    }
}

struct Parser {
    words: Vec<Word>,
    at: usize,
    /// The column after the last character.
    end: usize,
    nesting: usize,
    in_time: bool,
    in_territory: bool,
}

impl Parser {
    fn new(text: &str) -> Result<Self, ParseError> {
        let words = words(text)?;
        if words.is_empty() {
            return Err(ParseError { column: 1, problem: Problem::Empty });
        }
        let end = text.chars().count() + 1;
        Ok(Self { words, at: 0, end, nesting: 0, in_time: false, in_territory: false })
    }

    fn peek(&self) -> Option<&Token> {
        self.words.get(self.at).map(|(_, token)| token)
    }

    fn column(&self) -> usize {
        self.words.get(self.at).map_or(self.end, |(column, _)| *column)
    }

    fn stop(&self, problem: Problem) -> ParseError {
        ParseError { column: self.column(), problem }
    }

    fn unexpected(&self) -> ParseError {
        self.wanted("")
    }

    /// What stands here is not what is wanted, or nothing stands here.
    fn wanted(&self, missing: &'static str) -> ParseError {
        match self.peek() {
            Some(token) => self.stop(Problem::Unexpected(token.shown())),
            None => self.stop(Problem::Unfinished(missing)),
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        if found {
            self.at += 1;
        }
        found
    }

    fn sign(&mut self, sign: char, missing: &'static str) -> Result<(), ParseError> {
        if self.takes(sign) { Ok(()) } else { Err(self.wanted(missing)) }
    }

    fn name(&mut self) -> Result<String, ParseError> {
        match self.peek() {
            Some(Token::Name(name)) => {
                let name = name.clone();
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.wanted("CODE")),
        }
    }

    fn sum(&mut self) -> Result<Grown, ParseError> {
        let mut left = self.product()?;
        loop {
            let here = self.column();
            let sign = if self.takes('+') {
                Arithmetic::Add
            } else if self.takes('-') {
                Arithmetic::Subtract
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = self.joined((sign, here), left, right)?;
        }
    }

    fn product(&mut self) -> Result<Grown, ParseError> {
        let mut left = self.factor()?;
        loop {
            let here = self.column();
            let sign = if self.takes('*') {
                Arithmetic::Multiply
            } else if self.takes('/') {
                Arithmetic::Divide
            } else {
                return Ok(left);
            };
            let right = self.factor()?;
            left = self.joined((sign, here), left, right)?;
        }
    }

    fn joined(
        &self,
        (sign, here): (Arithmetic, usize),
        left: Grown,
        right: Grown,
    ) -> Result<Grown, ParseError> {
        let height = self.above(left.height.max(right.height))?;
        let columns = [vec![here], left.columns, right.columns].concat();
        let node = Node::Arithmetic(sign, Box::new(left.node), Box::new(right.node));
        Ok(Grown { node, height, columns })
    }

    fn above(&self, height: usize) -> Result<usize, ParseError> {
        if MAX_DEPTH <= height { Err(self.stop(Problem::TooDeep)) } else { Ok(height + 1) }
    }

    fn factor(&mut self) -> Result<Grown, ParseError> {
        if MAX_DEPTH <= self.nesting {
            return Err(self.stop(Problem::TooDeep));
        }
        self.nesting += 1;
        let factor = self.factor_within();
        self.nesting -= 1;
        factor
    }

    fn factor_within(&mut self) -> Result<Grown, ParseError> {
        let here = self.column();
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.at += 1;
                Ok(Grown::flat(Node::Number(number), here))
            }
            Some(Token::Sign('-')) => {
                self.at += 1;
                let inner = self.factor()?;
                let height = self.above(inner.height)?;
                let columns = [vec![here], inner.columns].concat();
                Ok(Grown { node: Node::Negate(Box::new(inner.node)), height, columns })
            }
            Some(Token::Sign('(')) => {
                self.at += 1;
                let inner = self.sum()?;
                self.sign(')', ")")?;
                Ok(inner)
            }
            Some(Token::Sign('$')) => {
                self.at += 1;
                Ok(Grown::flat(Node::Parameter(self.name()?), here))
            }
            Some(Token::Sign('[')) => {
                self.at += 1;
                let selection = self.selection()?;
                Ok(Grown::flat(Node::Leaf(selection), here))
            }
            Some(Token::Name(name)) => self.call(&name),
            Some(Token::Compare(_)) => Err(self.stop(Problem::Comparison)),
            _ => Err(self.wanted("[CODE]")),
        }
    }

    fn call(&mut self, name: &str) -> Result<Grown, ParseError> {
        let here = self.column();
        let function = Function::named(name)
            .ok_or_else(|| self.stop(Problem::UnknownFunction(name.to_owned())))?;
        let (was_in_time, was_in_territory) = (self.in_time, self.in_territory);
        match function.repeats() {
            Some(Repeat::Time) if self.in_time => {
                return Err(self.stop(Problem::Nested(function.name())));
            }
            Some(Repeat::Territory) if self.in_territory => {
                return Err(self.stop(Problem::Nested(function.name())));
            }
            Some(Repeat::Time) => self.in_time = true,
            Some(Repeat::Territory) => self.in_territory = true,
            None => {}
        }
        self.at += 1;
        self.sign('(', "(")?;
        let mut operands = Vec::new();
        let mut tallest = 0;
        let mut columns = vec![here];
        if !self.takes(')') {
            loop {
                let operand = self.sum()?;
                tallest = tallest.max(operand.height);
                columns.extend(operand.columns);
                operands.push(operand.node);
                if !self.takes(',') {
                    break;
                }
            }
            if let Some(Token::Compare(_)) = self.peek() {
                return Err(self.stop(Problem::Comparison));
            }
            self.sign(')', ")")?;
        }
        (self.in_time, self.in_territory) = (was_in_time, was_in_territory);
        let (least, most) = function.operands();
        let found = operands.len();
        if found < least || most < found {
            let problem = Problem::WrongOperands { name: function.name(), found };
            return Err(ParseError { column: here, problem });
        }
        let height = self.above(tallest)?;
        Ok(Grown { node: Node::Call(function, operands), height, columns })
    }

    fn selection(&mut self) -> Result<Selection, ParseError> {
        let subject = if self.takes('*') { Subject::Every } else { Subject::Element(self.name()?) };
        let mut parts: Vec<Part> = Vec::new();
        if self.takes('|') {
            loop {
                let here = self.column();
                let dimension = self.name()?;
                if parts.iter().any(|it| it.dimension == dimension) {
                    let problem = Problem::RepeatedDimension(dimension);
                    return Err(ParseError { column: here, problem });
                }
                if self.peek() != Some(&Token::Compare(Comparator::Equal)) {
                    return Err(self.wanted("="));
                }
                self.at += 1;
                let mut options = vec![self.name()?];
                while self.takes('+') {
                    options.push(self.name()?);
                }
                parts.push(Part { dimension, options });
                if !self.takes(',') {
                    break;
                }
            }
        }
        self.sign(']', "]")?;
        Ok(Selection { subject, parts })
    }
}
