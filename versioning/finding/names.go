package finding

import (
	"fmt"
	"slices"
)

var (
	answerNames = []string{
		"none", "unstarted", "safe", "pinned", "findings", "otherwise", "unknown", "changes", "breaks",
	}
	severityNames = []string{"none", "note", "changed", "stuck", "lost"}
)

// String returns the name of the answer, for programs.
func (a Answer) String() string { return answerNames[a] }

// MarshalText returns the name that String returns, for JSON.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (a *Answer) UnmarshalText(text []byte) error {
	i := slices.Index(answerNames, string(text))
	if i < 0 {
		return fmt.Errorf("unknown answer %q", text)
	}
	*a = Answer(i)
	return nil
}

// String returns the word for the severity.
func (s Severity) String() string { return severityNames[s] }

// MarshalText returns the word that String returns, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames, string(text))
	if i < 0 {
		return fmt.Errorf("unknown severity %q", text)
	}
	*s = Severity(i)
	return nil
}
