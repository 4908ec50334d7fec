package play

// The hints are commands as a person types them for this service.

func (s *connection) describeHint(id string) string {
	return `"` + s.Program + " starter --describe-workflow " + id + s.At + `"`
}

func (s *connection) startHint(id string) string {
	return `"` + s.Program + " starter" + s.familyFlag() + " --start-workflow " + id + s.At + `"`
}

func (s *connection) workerHint() string {
	return `"` + s.Program + " worker" + s.familyFlag() + " --workflow STAGE" + s.At + `"`
}

func (s *connection) familyFlag() string {
	if s.family == "" {
		return ""
	}
	return " --family " + s.family
}
