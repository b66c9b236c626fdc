// Ctrl-C and SIGTERM end the program at once, with 128 + the signal, leaving nothing behind.
#pragma once

#include <string>

namespace assay {

void end_promptly_on_signals();

// A temporary file to be removed then; one at a time.
void remove_if_interrupted(const std::string& path);

}  // namespace assay
