// What an imitation must weigh more (ln) than a name of its own before it is flagged. Found by
// trying on names of both registries, honest and not: bench/names shows what comes of them.
#pragma once

namespace assay::names {

inline constexpr float slip_margin = 9.0F;
// Two slips at once are as often two names.
inline constexpr float distant_margin = 11.0F;
// Nobody needs a second name that differs in separators; registries have few.
inline constexpr float separators_margin = 4.5F;
inline constexpr float plural_margin = 8.5F;
inline constexpr float doubled_margin = 7.5F;
// A number is how honest forks are named too.
inline constexpr float number_margin = 11.5F;
inline constexpr float order_margin = 6.7F;
inline constexpr float affix_margin = 4.0F;
inline constexpr float word_margin = 9.0F;
inline constexpr float scope_margin = 5.5F;

}  // namespace assay::names
