# Finds a project's folder; runs: import
import os
import pathlib
def project_folder(start):
    for folder in [pathlib.Path(start), *pathlib.Path(start).parents]:
        if (folder / "pyproject.toml").exists():
            return folder
    return None
def temporary_names(count):
    return [os.path.join("build", "part%03d.tmp" % number) for number in range(count)]
print(project_folder("/"), temporary_names(2)[1])
