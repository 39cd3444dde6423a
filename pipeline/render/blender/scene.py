"""Builds the scene that scene.ts describes and renders it with Cycles.

Called by Blender as: scene.py -- SCENE.json PICTURE.png PARENT_PID. It reads numbers, colours and names of our own,
never code, and needs no network and no configuration of a user.
"""

import ctypes
import json
import math
import os
import signal
import sys

import bmesh
import bpy
from mathutils import Matrix, Vector
from mathutils.geometry import tessellate_polygon

SEGMENTS = 192
SMALL_SEGMENTS = 40


def end_with_parent(parent):
    """A worker that is killed takes its Blender with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def color_of(text):
    return [linear(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5)] + [1.0]


class Materials:
    """One material for each part and way it is seen."""

    def __init__(self, parts, size, camera):
        self.parts = parts
        self.size = size
        self.camera = camera
        self.made = {}

    def get(self, part, finish="plain"):
        key = (part, finish)
        if key not in self.made:
            self.made[key] = getattr(self, "_" + finish)(part)
        return self.made[key]

    def _new(self, part):
        material = bpy.data.materials.new(part)
        material.use_nodes = True
        shader = material.node_tree.nodes["Principled BSDF"]
        given = self.parts[part]
        shader.inputs["Base Color"].default_value = color_of(given["color"])
        shader.inputs["Metallic"].default_value = given["metallic"]
        shader.inputs["Roughness"].default_value = max(0.08, given["roughness"])
        return material, shader

    def _plain(self, part):
        return self._new(part)[0]

    def _turned(self, part):
        """Turning marks run around the axis and spread what is mirrored across them."""
        material, shader = self._new(part)
        tree = material.node_tree
        tangent = tree.nodes.new("ShaderNodeTangent")
        tangent.direction_type = "RADIAL"
        tangent.axis = "Z"
        tree.links.new(tangent.outputs[0], shader.inputs["Tangent"])
        shader.inputs["Anisotropic"].default_value = 0.6 * self.parts[part]["metallic"]
        return material

    def _dark(self, part):
        material, shader = self._new(part)
        shader.inputs["Base Color"].default_value = [0.004, 0.004, 0.005, 1]
        shader.inputs["Metallic"].default_value = 0
        shader.inputs["Roughness"].default_value = 0.9
        return material

    def _cut(self, part):
        """A sawn face: the material's colour, matt."""
        material, shader = self._new(part)
        base = color_of(self.parts[part]["color"])
        shader.inputs["Base Color"].default_value = [0.06 + 0.86 * c for c in base[:3]] + [1]
        shader.inputs["Metallic"].default_value = 0
        shader.inputs["Roughness"].default_value = 0.7
        shader.inputs["Specular"].default_value = 0.15
        return material

    def _hatched(self, part):
        """The same with the lines that mark solid metal."""
        material = self._cut(part)
        tree = material.node_tree
        shader = tree.nodes["Principled BSDF"]
        place = tree.nodes.new("ShaderNodeTexCoord")
        lean = -1 if part in ("outer_ring", "washer_housing") else 1
        across = Vector(self.camera["right"]) + lean * Vector(self.camera["up"])
        dot = tree.nodes.new("ShaderNodeVectorMath")
        dot.operation = "DOT_PRODUCT"
        dot.inputs[1].default_value = across * (260 / self.camera["span"])
        wave = tree.nodes.new("ShaderNodeMath")
        wave.operation = "SINE"
        line = tree.nodes.new("ShaderNodeMath")
        line.operation = "GREATER_THAN"
        line.inputs[1].default_value = 0.9
        blend = tree.nodes.new("ShaderNodeMix")
        blend.data_type = "RGBA"
        base = list(shader.inputs["Base Color"].default_value)
        blend.inputs[6].default_value = base
        blend.inputs[7].default_value = [0.25 * c for c in base[:3]] + [1]
        tree.links.new(place.outputs["Object"], dot.inputs[0])
        tree.links.new(dot.outputs["Value"], wave.inputs[0])
        tree.links.new(wave.outputs[0], line.inputs[0])
        tree.links.new(line.outputs[0], blend.inputs[0])
        tree.links.new(blend.outputs[2], shader.inputs["Base Color"])
        return material


def add_mesh(name, vertices, faces, material, smooth):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices, [], faces)
    mesh.validate()
    mesh.materials.append(material)
    if smooth:
        mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
        mesh.use_auto_smooth = True
        mesh.auto_smooth_angle = math.radians(32)
    built = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(built)
    return built


def revolve(profile, closed, segments):
    """Vertices and faces of a profile [radius, z] that is turned around z."""
    vertices, rings = [], []
    for radius, z in profile:
        if radius < 1e-9:
            rings.append([len(vertices)])
            vertices.append((0.0, 0.0, z))
            continue
        rings.append(list(range(len(vertices), len(vertices) + segments)))
        for i in range(segments):
            angle = 2 * math.pi * i / segments
            vertices.append((radius * math.cos(angle), radius * math.sin(angle), z))
    faces = []
    pairs = list(zip(rings, rings[1:])) + ([(rings[-1], rings[0])] if closed else [])
    for first, second in pairs:
        if len(first) == 1 and len(second) == 1:
            continue
        for i in range(segments):
            j = (i + 1) % segments
            corners = [first[i % len(first)], first[j % len(first)], second[j % len(second)], second[i % len(second)]]
            faces.append(list(dict.fromkeys(corners)))
    return vertices, faces


def turned(body, materials):
    vertices, faces = revolve(body["profile"], body["closed"], SEGMENTS)
    finish = "turned" if body["marks"] else "plain"
    return [add_mesh("turned", vertices, faces, materials.get(body["part"], finish), True)]


def placed(body, materials):
    vertices, faces = revolve(body["profile"], False, SMALL_SEGMENTS)
    material = materials.get(body["part"], "dark" if body.get("dark") else "plain")
    first = add_mesh("placed", vertices, faces, material, True)
    built = []
    for frame in body["frames"]:
        one = first if not built else bpy.data.objects.new("placed", first.data)
        if built:
            bpy.context.scene.collection.objects.link(one)
        matrix = Matrix((frame["x"], frame["y"], frame["z"])).transposed().to_4x4()
        matrix.translation = frame["origin"]
        one.matrix_world = matrix
        built.append(one)
    return built


def balls(body, materials):
    shape = bmesh.new()
    bmesh.ops.create_uvsphere(shape, u_segments=48, v_segments=32, radius=body["radius"])
    mesh = bpy.data.meshes.new("ball")
    shape.to_mesh(mesh)
    shape.free()
    mesh.materials.append(materials.get(body["part"]))
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    built = []
    for place in body["at"]:
        one = bpy.data.objects.new("ball", mesh)
        bpy.context.scene.collection.objects.link(one)
        one.location = place
        built.append(one)
    return built


def sheet(body, materials):
    rows = body["rows"]
    width = len(rows[0])
    vertices = [point for row in rows for point in row]
    faces = []
    for i in range(len(rows)):
        j = (i + 1) % len(rows)
        for k in range(width - 1):
            faces.append((i * width + k, i * width + k + 1, j * width + k + 1, j * width + k))
    built = add_mesh("sheet", vertices, faces, materials.get(body["part"]), True)
    solid = built.modifiers.new("thickness", "SOLIDIFY")
    solid.thickness = body["thickness"]
    solid.offset = 0
    return [built]


def prism(body, materials):
    loops = [[tuple(point) for point in body["outline"]]]
    for hole in body["holes"]:
        loop = []
        for i in range(SEGMENTS // 2):
            angle = -4 * math.pi * i / SEGMENTS
            loop.append((hole["x"] + hole["radius"] * math.cos(angle), hole["y"] + hole["radius"] * math.sin(angle)))
        loops.append(loop)
    flat = [point for loop in loops for point in loop]
    count = len(flat)
    vertices = [(x, y, body["front"]) for x, y in flat] + [(x, y, body["back"]) for x, y in flat]
    triangles = tessellate_polygon([[Vector((x, y, 0)) for x, y in loop] for loop in loops])
    faces = [tuple(t) for t in triangles] + [tuple(i + count for i in reversed(t)) for t in triangles]
    # The wall of a bore on the axis is a turned body of its own.
    bores = [False] + [hole["x"] == 0 and hole["y"] == 0 for hole in body["holes"]]
    start = 0
    for loop, bore in zip(loops, bores):
        for i in range(0 if bore else len(loop)):
            a, b = start + i, start + (i + 1) % len(loop)
            faces.append((a, b, b + count, a + count))
        start += len(loop)
    return [add_mesh("prism", vertices, faces, materials.get(body["part"]), True)]


def plate(body, materials):
    points = [Vector(point) for point in body["points"]]
    faces = [tuple(t) for t in tessellate_polygon([points])]
    material = materials.get(body["part"], "hatched" if body["hatched"] else "cut")
    return [add_mesh("plate", [tuple(p) for p in points], faces, material, False)]


BUILDERS = {"turned": turned, "placed": placed, "balls": balls, "sheet": sheet, "prism": prism, "plate": plate}


def cut_away(built, normal, whole):
    """Takes away what lies before the plane through the origin; rolling elements stay whole or go, as in a drawing."""
    plane = Vector(normal)
    left = []
    for one in built:
        if one.name in whole:
            if one.matrix_world.translation.dot(plane) > 1e-6:
                bpy.data.objects.remove(one)
            else:
                left.append(one)
            continue
        shape = bmesh.new()
        shape.from_mesh(one.data)
        shape.transform(one.matrix_world)
        everything = shape.verts[:] + shape.edges[:] + shape.faces[:]
        bmesh.ops.bisect_plane(shape, geom=everything, plane_co=(0, 0, 0), plane_no=plane, clear_outer=True)
        mesh = one.data.copy()
        shape.to_mesh(mesh)
        shape.free()
        one.data = mesh
        one.matrix_world = Matrix.Identity(4)
        left.append(one)
    return left


def draw_lines(lines):
    if not lines:
        return
    material = bpy.data.materials.new("line")
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = [0.012, 0.014, 0.017, 1]
    shader.inputs["Roughness"].default_value = 1
    shader.inputs["Specular"].default_value = 0
    for line in lines:
        curve = bpy.data.curves.new("line", "CURVE")
        curve.dimensions = "3D"
        curve.bevel_depth = line["radius"]
        spline = curve.splines.new("POLY")
        spline.points.add(len(line["points"]) - 1)
        for point, place in zip(spline.points, line["points"]):
            point.co = (*place, 1)
        spline.use_cyclic_u = line["closed"]
        curve.materials.append(material)
        bpy.context.scene.collection.objects.link(bpy.data.objects.new("line", curve))


def add_camera(camera, size):
    data = bpy.data.cameras.new("camera")
    data.type = "ORTHO"
    data.sensor_fit = "AUTO"
    data.ortho_scale = camera["span"]
    data.clip_start = size * 0.01
    data.clip_end = size * 40
    built = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(built)
    right, up, toward = (Vector(camera[name]) for name in ("right", "up", "toward"))
    x, y = camera["center"]
    matrix = Matrix((right, up, toward)).transposed().to_4x4()
    matrix.translation = right * x + up * y + toward * size * 12
    built.matrix_world = matrix
    bpy.context.scene.camera = built
    return matrix


def add_lamp(view, size, direction, width, height, power):
    """A softbox: `direction` in the camera's own right, up, toward; it looks at the part."""
    data = bpy.data.lights.new("softbox", "AREA")
    data.shape = "RECTANGLE"
    data.size = width * size
    data.size_y = height * size
    # Power for the same brightness at every scale.
    data.energy = power * size * size
    built = bpy.data.objects.new("softbox", data)
    bpy.context.scene.collection.objects.link(built)
    place = view.to_3x3() @ Vector(direction).normalized()
    built.matrix_world = place.to_track_quat("Z", "Y").to_matrix().to_4x4()
    built.location = place * size * 5
    return built


def add_studio(view, size, flat):
    """Key from above left, strip right, top light and a rim, in a room that is light above and dark below."""
    world = bpy.data.worlds.new("studio")
    bpy.context.scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    background = tree.nodes["Background"]
    place = tree.nodes.new("ShaderNodeTexCoord")
    height = tree.nodes.new("ShaderNodeVectorMath")
    height.operation = "DOT_PRODUCT"
    height.inputs[1].default_value = (view.to_3x3() @ Vector((0.1, 0.95, -0.3))).normalized()
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position = 0.0
    ramp.color_ramp.elements[0].color = (0.10, 0.105, 0.115, 1)
    ramp.color_ramp.elements[1].position = 1.0
    ramp.color_ramp.elements[1].color = (1.0, 1.0, 1.0, 1)
    middle = ramp.color_ramp.elements.new(0.52)
    middle.color = (0.42, 0.43, 0.45, 1)
    scale = tree.nodes.new("ShaderNodeMapRange")
    scale.inputs["From Min"].default_value = -1
    tree.links.new(place.outputs["Generated"], height.inputs[0])
    tree.links.new(height.outputs["Value"], scale.inputs["Value"])
    tree.links.new(scale.outputs[0], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], background.inputs["Color"])
    background.inputs["Strength"].default_value = 0.85 if not flat else 1.1
    add_lamp(view, size, (-0.62, 0.66, 0.5), 3.4, 3.4, 130)
    add_lamp(view, size, (0.95, 0.1, 0.35), 1.1, 4.2, 75)
    add_lamp(view, size, (0.15, 0.95, -0.35), 4.5, 1.6, 85)
    add_lamp(view, size, (-0.95, -0.2, -0.1), 1.0, 3.0, 35)
    # From beside the camera, so that gaps and bores are not black.
    add_lamp(view, size, (-0.4, 0.72, 0.9), 2.8, 2.8, 110)


def set_up_cycles(scene, described):
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = described["width"]
    scene.render.resolution_y = described["height"]
    scene.render.resolution_percentage = 100
    scene.render.film_transparent = True
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.image_settings.compression = 15
    scene.render.use_persistent_data = False
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.view_settings.exposure = 0.7
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = described["samples"]
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.015
    cycles.use_denoising = False
    cycles.max_bounces = 8
    cycles.diffuse_bounces = 3
    cycles.glossy_bounces = 7
    cycles.transmission_bounces = 0
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 8
    cycles.blur_glossy = 1.0
    # Noise that is the same each time: the same order gives the same picture.
    cycles.seed = 0


def main():
    scene_file, picture, parent = sys.argv[sys.argv.index("--") + 1 :]
    end_with_parent(int(parent))
    with open(scene_file, encoding="utf-8") as file:
        described = json.load(file)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    set_up_cycles(scene, described)
    materials = Materials(described["materials"], described["size"], described["camera"])
    solid = []
    elements = set()
    for body in described["bodies"]:
        built = BUILDERS[body["kind"]](body, materials)
        if body["kind"] != "plate":
            solid.extend(built)
        if body["part"] == "rolling_elements":
            elements.update(one.name for one in built)
    bpy.context.view_layer.update()
    for place, normal in enumerate(described["cuts"]):
        solid = cut_away(solid, normal, elements if place == 0 else set())
    draw_lines(described["lines"])
    view = add_camera(described["camera"], described["size"])
    add_studio(view, described["size"], len(described["cuts"]) > 0)
    scene.render.filepath = picture
    bpy.ops.render.render(write_still=True)


main()
