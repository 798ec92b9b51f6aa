with

undecided as (
    select
        entity_name,
        key_text,
        kept_place,
        other_place
    from {{ ref('int_keys_gathered_to_entities') }}
),

files as (
    select
        load_number,
        file_name
    from {{ ref('stg_kaeru__files') }}
),

placed as (
    select
        entity_name,
        key_text,
        {{ load_of_place('kept_place') }} as kept_load_number,
        {{ line_of_place('kept_place') }} as kept_line_number,
        {{ load_of_place('other_place') }} as other_load_number,
        {{ line_of_place('other_place') }} as other_line_number
    from undecided
),

final as (
    select
        placed.entity_name,
        placed.key_text,
        kept_files.file_name as kept_file_name,
        placed.kept_line_number,
        other_files.file_name as other_file_name,
        placed.other_line_number
    from placed
    inner join files as kept_files on placed.kept_load_number = kept_files.load_number
    inner join files as other_files on placed.other_load_number = other_files.load_number
    order by placed.entity_name, placed.key_text
)

select * from final
