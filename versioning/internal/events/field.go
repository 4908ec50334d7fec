package events

import "strings"

// JSONName returns the name that the JSON of a history has for a field, by the field's name in
// protobuf: "input" and "scheduledEventId" for "input" and "scheduled_event_id".
func JSONName(field string) string {
	words := strings.Split(field, "_")
	for i, word := range words {
		if i > 0 && word != "" {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}
