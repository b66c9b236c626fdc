// Pickled data in a constant: its calls are made as the unpickler would make them.
#pragma once

#include "facts/code/flow/interpreter.h"

namespace assay::code {

// Runs the opcodes of protocols 0 to 5 on values. What is no pickle, or uses what is not known
// here, ends where that is found. Gives what the stream leaves.
Value run_pickle(PureCall& call, std::string_view stream);

}  // namespace assay::code
