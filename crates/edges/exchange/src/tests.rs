//! Three posts, a cercle, its region and the nation, and everything that can happen to a stick.

mod hostile;
mod inside;
mod laws;
mod lives;
mod pages;
mod rules;
mod size;
mod story;
mod words;
mod world;
