package observer

// callsActivity notes the name under which a Worker would schedule it.
func (o *Observer) callsActivity(name string) {
	o.note(func(o *Observer) {
		if o.activities == nil {
			o.activities = map[string]bool{}
		}
		o.activities[name] = true
	})
}

// Activities returns the names of the activities that the code has called, in no order.
func (o *Observer) Activities() (names []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for name := range o.activities {
		names = append(names, name)
	}
	return names
}
