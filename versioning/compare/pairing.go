package compare

import (
	"strconv"

	historypb "go.temporal.io/api/history/v1"
)

// paired is what makes a call and an event a pair: they need one key, and those
// with one content are preferred.
type paired struct{ key, content string }

func anchor(e *historypb.HistoryEvent) paired {
	return paired{key: "event " + strconv.FormatInt(e.GetEventId(), 10)}
}

// longestTask bounds what is compared each with each.
const longestTask = 2000

// pairs returns the indices of a longest common subsequence, of those the one in
// which most contents are the same.
func pairs(calls, events []paired) (found [][2]int) {
	start, n, m := 0, len(calls), len(events)
	for ; start < min(n, m) && calls[start] == events[start]; start++ {
		found = append(found, [2]int{start, start})
	}
	for n > start && m > start && calls[n-1] == events[m-1] {
		n, m = n-1, m-1
		found = append(found, [2]int{n, m})
	}
	calls, events = calls[start:n], events[start:m]
	if len(calls) > longestTask || len(events) > longestTask {
		return found
	}
	// A pair weighs more than all contents together.
	const weight = 1 << 16
	score := make([][]int, len(calls)+1)
	for i := range score {
		score[i] = make([]int, len(events)+1)
	}
	of := func(i, j int) int {
		switch {
		case calls[i] == events[j]:
			return score[i+1][j+1] + weight + 1
		case calls[i].key == events[j].key:
			return score[i+1][j+1] + weight
		}
		return -1
	}
	for i := len(calls) - 1; i >= 0; i-- {
		for j := len(events) - 1; j >= 0; j-- {
			score[i][j] = max(of(i, j), score[i+1][j], score[i][j+1])
		}
	}
	for i, j := 0, 0; i < len(calls) && j < len(events); {
		switch score[i][j] {
		case of(i, j):
			found = append(found, [2]int{start + i, start + j})
			i, j = i+1, j+1
		case score[i+1][j]:
			i++
		default:
			j++
		}
	}
	return found
}
