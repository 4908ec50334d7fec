package trace

import "slices"

// An Ask is the first time that the code asks for something of a name that comes from outside: for the
// channel of a signal, or for an Update by setting its handler.
type Ask struct {
	Name string
	// Task is the ID of the WorkflowTaskStarted event of the Workflow Task.
	Task int64

	place place
}

// Line is the line of workflow code that asks, the zero Line if it is not known.
func (a Ask) Line() Line { return a.place.line() }

// Callers are the lines of workflow code that led to Line.
func (a Ask) Callers() []string { return a.place.callers() }

// asks are in the order of the code, each name once.
type asks []Ask

func (a asks) has(name string) bool {
	return slices.ContainsFunc(a, func(one Ask) bool { return one.Name == name })
}

// names are sorted.
func (a asks) names() []string {
	var names []string
	for _, one := range a {
		names = append(names, one.Name)
	}
	slices.Sort(names)
	return names
}
