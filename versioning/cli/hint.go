package cli

// The hints are commands as a person types them for this service.

func (s *connection) describeHint(id string) string {
	return `"` + s.program + " starter --describe-workflow " + id + s.at + `"`
}

func (s *connection) startHint(id string) string {
	return `"` + s.program + " starter" + s.familyFlag() + " --start-workflow " + id + s.at + `"`
}

func (s *connection) workerHint() string {
	return `"` + s.program + " worker" + s.familyFlag() + " --workflow STAGE" + s.at + `"`
}

func (s *connection) familyFlag() string {
	if s.family == "" {
		return ""
	}
	return " --family " + s.family
}
