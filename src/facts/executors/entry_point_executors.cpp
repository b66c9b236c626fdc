#include <array>

#include "base/text.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

// Groups that a widely used program loads whole whenever it starts, so that being installed is
// enough to run. "." at the end stands for everything below.
constexpr std::array<std::string_view, 36> autoloaded_groups = {"pytest11",
                                                                "setuptools.",
                                                                "distutils.",
                                                                "egg_info.writers",
                                                                "flake8.",
                                                                "nose.plugins.",
                                                                "tox",
                                                                "hatch",
                                                                "pdm",
                                                                "poetry.plugin",
                                                                "poetry.application.plugin",
                                                                "keyring.backends",
                                                                "twine.registered_commands",
                                                                "hypothesis",
                                                                "jupyter_",
                                                                "ipython_",
                                                                "opentelemetry_",
                                                                "ddtrace.",
                                                                "sentry_sdk.",
                                                                "celery.",
                                                                "airflow.plugins",
                                                                "apache_airflow_provider",
                                                                "mlflow.",
                                                                "fsspec.specs",
                                                                "xarray.backends",
                                                                "matplotlib.backend",
                                                                "sqlalchemy.plugins",
                                                                "pip.",
                                                                "conda",
                                                                "virtualenv.",
                                                                "pylint.plugins",
                                                                "mypy.",
                                                                "ruff.",
                                                                "datasette",
                                                                "llm",
                                                                "scrapy.commands"};

bool is_autoloaded(std::string_view group) {
  for (const std::string_view known : autoloaded_groups) {
    const bool is_prefix = known.ends_with('.') || known.ends_with('_');
    if (is_prefix ? group.starts_with(known) : group == known) return true;
  }
  return false;
}

}  // namespace

void add_entry_point_executors(Survey& survey, const PythonManifest& python) {
  for (const PythonEntryPoint& point : python.entry_points) {
    const bool is_command = point.group == "console_scripts" || point.group == "gui_scripts";
    FileList files;
    survey.modules.add_target(point.target, files);
    const Trigger trigger = is_command                   ? Trigger::command
                            : is_autoloaded(point.group) ? Trigger::startup
                                                         : Trigger::import;
    survey.executors.push_back(
        {.kind = is_command ? ExecutorKind::command : ExecutorKind::plugin_entry_point,
         .trigger = trigger,
         .name = point.group + ": " + point.name + (is_command ? shadow_note(point.name) : ""),
         .command = point.target,
         .where = {.file = survey.files.find(point.path),
                   .layer = -1,
                   .begin = point.begin,
                   .end = point.end},
         .files = std::move(files)});
  }
}

}  // namespace assay
