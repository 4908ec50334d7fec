package matrix

import "sync"

// watch makes Options.Only note what it leaves out.
func (m *Matrix) watch(opts Options) Options {
	only := opts.Only
	if only == nil {
		return opts
	}
	var mu sync.Mutex
	opts.Only = func(recording, stage string) bool {
		chosen := only(recording, stage)
		if !chosen {
			mu.Lock()
			defer mu.Unlock()
			m.leaveOut(stage)
		}
		return chosen
	}
	return opts
}

func (m *Matrix) leaveOut(stages ...string) {
	if m.Partial == nil {
		m.Partial = map[string]bool{}
	}
	for _, stage := range stages {
		m.Partial[stage] = true
	}
}
