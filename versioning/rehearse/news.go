package rehearse

// News is what brings a Workflow Task.
type News struct {
	Kind NewsKind
	// Name is that of the signal or update, or the ID of the timer.
	Name string
}

// NewsKind is a kind of News.
type NewsKind string

// The kinds of news.
const (
	// NewsRecorded is whatever brought the recorded task.
	NewsRecorded NewsKind = "recorded"
	// NoNews is a task that brings nothing.
	NoNews NewsKind = "none"
	// TimerFired, CancelRequested, SignalCame and UpdateCame are made up, at the end of an open
	// recording.
	TimerFired      NewsKind = "timer"
	CancelRequested NewsKind = "cancel"
	SignalCame      NewsKind = "signal"
	UpdateCame      NewsKind = "update"
	// FirstTask is the first task of an execution that has not begun.
	FirstTask NewsKind = "first"
)

// String is "timer 5", "signal paid".
func (n News) String() string {
	if n.Name == "" {
		return string(n.Kind)
	}
	return string(n.Kind) + " " + n.Name
}
