package handlers

import (
	"example.com/backend/pkg/auth"
	"example.com/backend/pkg/handler/chariot"
	"example.com/backend/pkg/model/model"
)

// technologyType says what Chariot's clients call technologies, and may do to
// them.
var technologyType = chariot.Type{
	Name:      "technology",
	Plural:    "technologies",
	Label:     "Technology",
	Noun:      technologyNoun,
	List:      technologyList,
	KeyFields: []string{"cpe"},
	Entitlements: chariot.Entitlements{
		Create: auth.EntitlementWriteAssets,
		Change: auth.EntitlementWriteAssets,
		Delete: auth.EntitlementWriteAssets,
		List:   auth.EntitlementRead,
	},
}

// NewTechnologyCollection returns the technologies in store, as Chariot's
// clients ask for them.
func NewTechnologyCollection(store chariot.Store[model.Technology]) chariot.Collection {
	return chariot.NewCollection(store, technologyType, chariot.Methods[model.Technology, TechnologyRequest]{
		Own:     func(technology *model.Technology, tenant string) { technology.Username = tenant },
		Request: newTechnologyRequest,
		Apply:   (*TechnologyRequest).apply,
	})
}
