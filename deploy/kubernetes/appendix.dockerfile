# What an image for a hub needs besides Binder's: nbgitpuller, and the git that it calls.
RUN ${MAMBA_EXE} install --yes --prefix ${NB_PYTHON_PREFIX} --channel conda-forge git nbgitpuller \
    && ${MAMBA_EXE} clean --all --force-pkgs-dirs --yes
