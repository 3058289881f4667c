package org.rewardlab.workbench.magic;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.List;
import org.rewardlab.workbench.Notebook;

/** {@code %device}: where the notebook's arrays are made; {@code %device gpu:1} and {@code %device cpu} choose. */
final class DeviceMagic {

    private DeviceMagic() {}

    static String run(List<String> arguments) {
        Engine engine = Engine.getInstance();
        if (!arguments.isEmpty()) {
            Device wanted = parse(String.join(" ", arguments));
            if (wanted.isGpu() && wanted.getDeviceId() >= engine.getGpuCount()) {
                throw new IllegalArgumentException(
                        "%device: expected cpu" + gpus(engine.getGpuCount()) + ", got " + arguments.get(0));
            }
            Notebook.device(wanted);
        }
        return name(Notebook.manager().getDevice()) + " · " + engine.getEngineName() + " " + engine.getVersion() + " · "
                + (engine.getGpuCount() == 0 ? "no GPU" : engine.getGpuCount() + " GPU") + " · "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** Such as {@code cpu} and {@code gpu:1}, which {@code %device} takes. */
    static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
    }

    private static Device parse(String name) {
        if (!name.matches("cpu|gpu(:?\\d{1,4})?")) { // Device.fromName takes any word for a device
            throw new IllegalArgumentException("%device: expected cpu, gpu or gpu:1, got \"" + name + "\"");
        }
        return name.equals("gpu") ? Device.gpu() : Device.fromName(name.replace(":", ""));
    }

    private static String gpus(int count) {
        return count == 0 ? ", as there is no GPU" : " or gpu:0 to gpu:" + (count - 1);
    }
}
