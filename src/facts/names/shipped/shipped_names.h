// The index of popular names that this build carries.
#pragma once

#include "facts/names/name_index.h"

namespace assay::names {

const NameIndex& shipped_names();

}  // namespace assay::names
