package play

import (
	"context"
	"time"
)

// watch ends the walk-through if the process ends. A Ctrl-C reaches it too, so it
// looks for that before it blames the process.
func (s *session) watch(ctx context.Context, p *process) {
	go func() {
		<-p.done
		if p.told.Load() {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
			s.fail(p.ended())
		}
	}()
}
