package trace

// A Stack is where workflow code calls the SDK. Its lines are looked up when somebody asks for
// them.
type Stack struct{ place place }

// StackHere returns the upper part of the stack of the goroutine. interceptors is the number of
// interceptors between the workflow code and the one that asks.
func StackHere(interceptors int) Stack { return Stack{here(interceptors)} }

// Line is the innermost line of workflow code, the zero Line if there is none.
func (s Stack) Line() Line { return s.place.line() }

// Callers are the lines from which the code came to Line, the innermost first: see Call.Callers.
func (s Stack) Callers() []string { return s.place.callers() }
