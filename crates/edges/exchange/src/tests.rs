//! Three posts, a cercle, its region and the nation, and everything that can happen to a stick.

mod hostile;
mod rules;
mod size;
mod story;
mod world;
