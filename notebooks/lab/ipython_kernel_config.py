"""What the kernel says of its language: no version, so that JupyterLab, which writes this into every notebook that it
opens, finds there what the notebooks hold already and does not call them unsaved. Copied to `.venv/etc/ipython/`."""

from ipykernel.ipkernel import IPythonKernel

IPythonKernel.language_info = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
