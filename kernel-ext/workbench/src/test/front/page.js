// What JupyterLab does for a cell, without JupyterLab: its services, its output area, the widgets' manager and views.
import { shims } from '@jupyter-widgets/base';
import '@jupyter-widgets/base/css/index.css';
import '@jupyter-widgets/controls/css/widgets.css';
import '@lumino/widgets/style/index.css';
import { HTMLManager } from '@jupyter-widgets/html-manager/lib/htmlmanager';
import { WIDGET_MIMETYPE, WidgetRenderer } from '@jupyter-widgets/html-manager/lib/output_renderers';
import { OutputArea, OutputAreaModel } from '@jupyterlab/outputarea';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { KernelManager, ServerConnection } from '@jupyterlab/services';
import { Widget } from '@lumino/widgets';

class Manager extends HTMLManager {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.registerCommTarget(this.comm_target_name, async (comm, message) => {
      await this.handle_comm_open(new shims.services.Comm(comm), message);
    });
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.comms;
  }

  async _create_comm(target, id, data, metadata) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) {
      comm.open(data, metadata);
    }
    return new shims.services.Comm(comm);
  }
}

function rendering(manager) {
  const rendermime = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  rendermime.addFactory(
    { safe: false, mimeTypes: [WIDGET_MIMETYPE], createRenderer: options => new WidgetRenderer(options, manager) },
    0
  );
  return rendermime;
}

window.connect = async (baseUrl, token, running) => {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl,
    wsUrl: baseUrl.replace(/^http/, 'ws'),
    token,
    appendToken: true
  });
  const kernels = new KernelManager({ serverSettings });
  const kernel = running ? kernels.connectTo({ model: { id: running, name: 'rewardlab' } })
                         : await kernels.startNew({ name: 'rewardlab' });
  const manager = new Manager(kernel);
  const rendermime = rendering(manager);
  window.kernel = kernel;
  window.manager = manager;
  window.run = async code => {
    const area = new OutputArea({ model: new OutputAreaModel({ trusted: true }), rendermime });
    area.future = kernel.requestExecute({ code }, false); // kept, as in JupyterLab: displays are updated later
    Widget.attach(area, document.body);
    const reply = await area.future.done;
    return reply.content.status + ' ' + (reply.content.evalue || '');
  };
  await kernel.info;
  return kernel.id;
};

// A page that was loaded anew gets the models of the kernel and shows those that are asked for.
window.restore = async name => {
  await window.manager._loadFromKernel();
  for (const model of await Promise.all(Object.keys(await window.manager._get_comm_info()).map(id => window.manager.get_model(id)))) {
    if (model.get('_model_name') === name) {
      const view = await window.manager.create_view(model);
      Widget.attach(view.luminoWidget, document.body);
    }
  }
};
