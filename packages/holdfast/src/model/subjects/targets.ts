import type { Said, Subject } from '../assertion/said.ts';
import type { HostHandle, OutsideHandle } from '../check/target.ts';
import type { ImageHandle } from '../image.ts';
import type { ServiceHandle } from '../service-handle.ts';
import { type AnswerSubjects, answerSubjects, type OutsideSubjects, outsideSubjects } from './answers.ts';
import { type ContainerSubjects, containerSubjects } from './container.ts';
import { type FileSubjects, fileSubjects } from './files.ts';
import { type MachineSubjects, machineSubjects } from './machine.ts';
import type { Naming } from './naming.ts';
import { type NetworkSubjects, networkSubjects } from './network.ts';
import { type PortSubjects, type PortsByName, portSubjects } from './ports.ts';
import { type PostgresSubjects, postgresSubjects } from './postgres.ts';
import { type SoftwareSubjects, softwareSubjects } from './software.ts';
import { type WholeSubjects, wholeSubjects } from './whole.ts';

/** What can be named in a check of an image: what can be told of it before it runs for the first time. */
export interface ImageSubjects extends Pick<SoftwareSubjects, 'command' | 'a'> {
  /** A file, or whatever is there, by its absolute path. Links are followed. */
  file(path: string): Said<'file'>;
  /** A directory, by its absolute path. Links are followed. */
  directory(path: string): Said<'directory'>;
  /** A user, as /etc/passwd has it. */
  user(name: string): Said<'user'>;
  /** A group, as /etc/group has it. */
  group(name: string): Said<'group'>;
  /** A package of the distribution. */
  package(name: string): Said<'package'>;
  /** The image as a whole. */
  image(): Said<'image'>;
  /** A TCP port, once the image is started as it is. */
  port(port: number): Subject<'port', 'listens'>;
  /** What GET of a path answers, once the image is started as it is. */
  http(port: number, path: string): Subject<'http', 'answers'>;
}

/** What can be named in a check of a machine. */
export interface HostSubjects<P = never>
  extends FileSubjects,
    SoftwareSubjects,
    MachineSubjects,
    PortSubjects<P>,
    NetworkSubjects,
    AnswerSubjects,
    WholeSubjects {
  /** A PostgreSQL server that runs there, and what is in it. */
  readonly postgres: PostgresSubjects;
}

/** What can be named in a check of a service. It must be so of each of its instances. */
export interface ServiceSubjects<P = never> extends HostSubjects<P>, ContainerSubjects {}

/** What can be named in a check of a target. */
export type SubjectsOf<T> =
  T extends ServiceHandle<infer P>
    ? ServiceSubjects<P>
    : T extends ImageHandle
      ? ImageSubjects
      : T extends HostHandle
        ? HostSubjects
        : OutsideSubjects;

type Kind = (ImageHandle | ServiceHandle | HostHandle | OutsideHandle)['kind'];

/** By the kind of the target; `ports` are those of a service. */
export const subjectsFor: Readonly<Record<Kind, (naming: Naming, ports: PortsByName | undefined) => object>> = {
  image: imageSubjects,
  service: (naming, ports) => ({ ...hostSubjects(naming, ports), ...containerSubjects(naming) }),
  host: hostSubjects,
  outside: outsideSubjects,
};

function imageSubjects(naming: Naming): ImageSubjects {
  const { file, directory } = fileSubjects(naming);
  const { image } = containerSubjects(naming);
  return { file, directory, image, ...softwareSubjects(naming), ...portSubjects(naming, {}) };
}

function hostSubjects<P extends string>(naming: Naming, ports: PortsByName | undefined): HostSubjects<P> {
  return {
    ...fileSubjects(naming),
    ...softwareSubjects(naming),
    ...machineSubjects(naming),
    ...portSubjects<P>(naming, ports),
    ...networkSubjects(naming),
    ...answerSubjects(naming),
    ...wholeSubjects(naming),
    postgres: postgresSubjects(naming),
  };
}
