package pull

import (
	"regexp"
	"strings"
)

// orderBy finds what must stay behind the conditions; the first group is a text in
// quotes, which is skipped.
var orderBy = regexp.MustCompile("(?is)('(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`[^`]*`)|\\border\\s+by\\b")

// filter returns the List Filter that chooses what the options choose.
func (o *Options) filter() string {
	var conditions []string
	if o.WorkflowType != "" {
		conditions = append(conditions, "WorkflowType = "+quote(o.WorkflowType))
	}
	// An open execution can be running or paused, so its status does not tell.
	switch o.Status {
	case Open:
		conditions = append(conditions, "CloseTime IS NULL")
	case Closed:
		conditions = append(conditions, "CloseTime IS NOT NULL")
	}
	condition, order := splitOrder(strings.TrimSpace(o.Query))
	switch {
	case condition == "":
	case len(conditions) == 0:
		conditions = append(conditions, condition)
	default:
		conditions = append(conditions, "("+condition+")")
	}
	return strings.TrimSpace(strings.Join(conditions, " AND ") + " " + order)
}

func splitOrder(query string) (condition, order string) {
	for _, m := range orderBy.FindAllStringSubmatchIndex(query, -1) {
		if m[2] < 0 {
			return strings.TrimSpace(query[:m[0]]), query[m[0]:]
		}
	}
	return query, ""
}

// quote writes a string of the List Filter. Its grammar is that of SQL, but of what it
// escapes the service takes only the quote back: a backslash stands for itself.
func quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `\'`) + "'"
}

// shellQuote makes the text one word of a POSIX shell.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
