package observer

import "time"

// handlerTime is what one query handler may take: they are workflow code, and nothing
// says that they return.
const handlerTime = time.Second

// longestTime is what all handlers of a replay may take, on a machine however busy.
const longestTime = 10 * time.Second

// tick is how often a patience looks at the clock.
const tick = handlerTime / 20

// patience tells a handler that does not return from a machine that is busy: a
// second of wall-clock time can be one in which the process did not run, and a
// verdict must not depend on that. So it counts short waits, and of those only the
// ones that ended when they should.
type patience struct {
	waited  time.Duration
	quiet   int
	answers int
}

// over takes one wait, how long it was and how many handlers have answered since the
// first, and reports whether the one that is asked has had its time.
func (p *patience) over(took time.Duration, answers int) bool {
	p.waited += took
	switch {
	case answers != p.answers:
		p.quiet, p.answers = 0, answers
	case took < tick+tick/2:
		p.quiet++
	}
	return p.quiet >= int(handlerTime/tick) || p.waited >= longestTime
}
