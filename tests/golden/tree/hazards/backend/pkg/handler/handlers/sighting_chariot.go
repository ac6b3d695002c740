package handlers

import (
	"github.com/example/hazards/pkg/auth"
	"github.com/example/hazards/pkg/handler"
	"github.com/example/hazards/pkg/handler/chariot"
	"github.com/example/hazards/pkg/model/model"
)

const (
	// sightingNoun is what messages call a sighting.
	sightingNoun = "sighting"

	// sightingPrefix starts the key of every sighting.
	sightingPrefix = "#sighting#"
)

// sightingList is what callers may ask of a list of sightings.
var sightingList = handler.List{
	Prefix:  sightingPrefix,
	Size:    20,
	Maximum: 200,
	Filters: []handler.Filter{
		{Name: "status", Attribute: "status", Parse: handler.Text},
		{Name: "count", Attribute: "count", Parse: handler.Int},
	},
	Sorts: []handler.Sort{
		{Name: "created", Attribute: "created"},
	},
}

// sightingType says what Chariot's clients call sightings, and may do to them.
var sightingType = chariot.Type{
	Name:      "sighting",
	Plural:    "sightings",
	Label:     "Sighting",
	Noun:      sightingNoun,
	List:      sightingList,
	KeyFields: []string{"place", "kind"},
	Answer:    chariot.AnswerPlural,
	Entitlements: chariot.Entitlements{
		Create: auth.EntitlementManageSettings,
		Change: auth.EntitlementWriteAssets,
		Delete: auth.EntitlementManageSettings,
		List:   auth.EntitlementRead,
	},
}

// SightingRequest holds what a caller may say of a sighting.
type SightingRequest struct {
	// Where it was seen. Required.
	Place string `json:"place"`

	// What was seen.
	Kind string `json:"kind"`

	// State. If absent, its default or the stored value stays.
	Status string `json:"status"`

	// How many there were.
	Count int `json:"count"`
}

// NewSightingCollection returns the sightings in store, as Chariot's clients
// ask for them.
func NewSightingCollection(store chariot.Store[model.Sighting]) chariot.Collection {
	return chariot.NewCollection(store, sightingType, chariot.Methods[model.Sighting, SightingRequest]{
		Own:     func(sighting *model.Sighting, tenant string) { sighting.Username = tenant },
		Request: newSightingRequest,
		Apply:   (*SightingRequest).apply,
		Conceal: concealSighting,
		Retire:  retireSighting,
	})
}

// apply copies the request to a sighting.
func (r *SightingRequest) apply(sighting *model.Sighting) {
	sighting.Place = r.Place
	sighting.Kind = r.Kind
	if r.Status != "" {
		sighting.Status = r.Status
	}
	sighting.Count = r.Count
}

// newSightingRequest returns the request that would leave a sighting as it is.
func newSightingRequest(sighting *model.Sighting) SightingRequest {
	return SightingRequest{
		Place:  sighting.Place,
		Kind:   sighting.Kind,
		Status: sighting.Status,
		Count:  sighting.Count,
	}
}

// concealSighting blanks what only the answer to a creation may show.
func concealSighting(sighting *model.Sighting) {
	sighting.Token = ""
}

// retireSighting marks a sighting as deleted.
func retireSighting(sighting *model.Sighting) {
	sighting.Status = "D"
}
